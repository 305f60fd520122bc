package io.hypha.rpc.benchmarks.peer

/** What a caller does again and again while it is measured. */
internal interface Load {
    /** One small call and its reply. */
    suspend fun call()

    /** One array of [ARRAY_ELEMENTS] doubles to the provider and back. */
    suspend fun array()

    /** Takes items of one stream until `System.nanoTime()` has reached [deadline]; returns how many. */
    suspend fun items(deadline: Long): Int

    companion object {
        /** 8 MiB of float64. */
        const val ARRAY_ELEMENTS = 1 shl 20
    }
}
