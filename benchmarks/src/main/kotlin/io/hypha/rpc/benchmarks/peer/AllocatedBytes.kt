package io.hypha.rpc.benchmarks.peer

import com.sun.management.ThreadMXBean
import java.lang.management.ManagementFactory

/** What this process has allocated on the heap, by the JVM's own count for each thread. */
internal object AllocatedBytes {
    private val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean

    /** The sum over the threads that are alive: those of the dispatchers and engines stay as long as they have work. */
    fun total(): Long = threads.getThreadAllocatedBytes(threads.allThreadIds).filter { it > 0 }.sum()
}
