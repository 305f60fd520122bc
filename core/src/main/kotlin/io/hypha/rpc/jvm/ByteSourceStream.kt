@file:JvmName("ByteSourceStreams")

package io.hypha.rpc.jvm

import io.hypha.rpc.HyphaException
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.runBlocking
import java.io.IOException
import java.io.InputStream
import java.io.InterruptedIOException

/**
 * This source as a stream for libraries that know only those. Every read blocks the calling thread until the other side has
 * answered: use it on a thread of its own or on `Dispatchers.IO`, never on a thread that runs coroutines. On the main thread of an
 * Android app, and in codecs and loggers, reads are refused with an `IllegalStateException`, and closing does not wait.
 *
 * Problems of the source are an `IOException` with the original as its cause, an interrupted thread gets an
 * `InterruptedIOException`. Closing the stream closes the source. For one thread at a time.
 *
 * @param bufferSize how many bytes to ask the source for at a time.
 */
@JvmOverloads
public fun ByteSource.asInputStream(bufferSize: Int = 256 * 1024): InputStream {
    require(bufferSize > 0) { "A buffer of $bufferSize bytes" }
    return ByteSourceStream(this, bufferSize)
}

private class ByteSourceStream(
    private val source: ByteSource,
    private val bufferSize: Int,
) : InputStream() {
    private var buffered = Bytes.Empty
    private var isAtEnd = false

    override fun read(): Int {
        if (!fill()) return -1
        val next = buffered[0].toInt() and 0xff
        buffered = buffered.slice(1)
        return next
    }

    override fun read(
        target: ByteArray,
        offset: Int,
        size: Int,
    ): Int {
        if (offset < 0 || size < 0 ||
            size > target.size - offset
        ) {
            throw IndexOutOfBoundsException("$size bytes at $offset of ${target.size}")
        }
        if (size == 0) return 0
        if (!fill()) return -1
        val count = minOf(size, buffered.size)
        buffered.slice(0, count).copyInto(target, offset)
        buffered = buffered.slice(count)
        return count
    }

    override fun available(): Int = buffered.size

    override fun close() {
        // Where nothing may wait, the source is closed all the same.
        if (Waits.refusal() != null) Blocking.future(Suspending.of { source.close() }) else blocking { source.close() }
    }

    /** Whether there is a byte to read. */
    private fun fill(): Boolean {
        if (buffered.size == 0 && !isAtEnd) {
            buffered = blocking { source.read(bufferSize) }
            isAtEnd = buffered.size == 0
        }
        return buffered.size > 0
    }

    private fun <T> blocking(action: suspend () -> T): T =
        try {
            Waits.during { runBlocking { action() } }
        } catch (e: HyphaException) {
            throw IOException(e.message, e)
        } catch (e: InterruptedException) {
            Thread.currentThread().interrupt()
            throw InterruptedIOException("Interrupted while waiting for the source").apply { initCause(e) }
        }
}
