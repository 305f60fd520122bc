package io.hypha.rpc.conformance.faults

/** The memory of this process. */
internal object Heap {
    /** Bytes that are in use, once everything is gone that nobody has any more. */
    fun used(): Long {
        repeat(2) { System.gc() }
        return Runtime.getRuntime().run { totalMemory() - freeMemory() }
    }
}
