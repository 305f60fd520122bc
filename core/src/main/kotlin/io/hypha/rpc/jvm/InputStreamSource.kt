@file:JvmName("ByteSources")

package io.hypha.rpc.jvm

import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.runInterruptible
import java.io.IOException
import java.io.InputStream

/**
 * This stream as an argument or result that the other side reads from. Reading blocks a thread of [dispatcher], which is
 * interrupted when the reader goes away. Closing the source closes the stream; it cannot seek.
 *
 * @param name a name to show, such as that of the file.
 * @param size how many bytes the stream has, when known.
 * @param mediaType the media type, when known.
 */
@JvmOverloads
public fun InputStream.asByteSource(
    name: String? = null,
    size: Long? = null,
    mediaType: String? = null,
    dispatcher: CoroutineDispatcher = Dispatchers.IO,
): ByteSource = InputStreamSource(this, name, size, mediaType, dispatcher)

private class InputStreamSource(
    private val stream: InputStream,
    override val name: String?,
    override val size: Long?,
    override val mediaType: String?,
    private val dispatcher: CoroutineDispatcher,
) : ByteSource {
    override suspend fun read(size: Int): Bytes {
        require(size > 0) { "Cannot read $size bytes" }
        // A peer says how much it wants; how much memory that takes is our decision.
        val piece = ByteArray(minOf(size, LARGEST_PIECE))
        val count = blocking { stream.read(piece) }
        return if (count <= 0) Bytes.Empty else Bytes(piece, 0, count)
    }

    override suspend fun close() {
        blocking { stream.close() }
    }

    private suspend fun <T> blocking(action: () -> T): T =
        try {
            runInterruptible(dispatcher) { action() }
        } catch (e: IOException) {
            // Many streams answer an interrupt with an exception of their own: that is no failure when the reader went away.
            currentCoroutineContext().ensureActive()
            throw e
        }

    private companion object {
        const val LARGEST_PIECE = 1024 * 1024
    }
}
