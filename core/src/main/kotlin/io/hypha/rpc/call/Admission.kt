package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock

/** Bounds the calls of others that are running or waiting to run, by count and by the bytes that they hold. */
internal class Admission(
    private val maxCalls: Int,
    private val maxBytes: Long,
) {
    private val lock = Lock()
    private var calls = 0
    private var bytes = 0L

    /** Takes a place for a call of [size] bytes; false when there is none. One call is always admitted, however large. */
    fun tryEnter(size: Int): Boolean =
        lock.withLock {
            val fits = calls == 0 || (calls < maxCalls && bytes + size <= maxBytes)
            if (fits) {
                calls++
                bytes += size
            }
            fits
        }

    fun leave(size: Int) {
        lock.withLock {
            calls--
            bytes -= size
        }
    }
}
