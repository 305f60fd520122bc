package io.hypha.rpc.wire

import com.sun.management.ThreadMXBean
import java.lang.management.ManagementFactory

private val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean

private fun allocated(): Long = threads.getThreadAllocatedBytes(Thread.currentThread().id)

/** How many bytes [block] allocates on this thread, garbage included. */
internal fun allocatedBy(block: () -> Unit): Long {
    val before = allocated()
    block()
    return allocated() - before
}
