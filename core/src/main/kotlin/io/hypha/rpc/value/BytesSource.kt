package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes

/** These bytes as a source that can seek; closing it does nothing. */
public fun Bytes.asByteSource(
    name: String? = null,
    mediaType: String? = null,
): ByteSource = BytesSource(this, name, mediaType)

private class BytesSource(
    private val bytes: Bytes,
    override val name: String?,
    override val mediaType: String?,
) : ByteSource {
    private var position = 0

    override val size: Long get() = bytes.size.toLong()

    override val isSeekable: Boolean get() = true

    override suspend fun read(size: Int): Bytes {
        require(size > 0) { "Cannot read $size bytes" }
        val end = minOf(position.toLong() + size, bytes.size.toLong()).toInt()
        return bytes.slice(position, end).also { position = end }
    }

    override suspend fun seek(position: Long) {
        require(position >= 0) { "Cannot seek to $position" }
        this.position = minOf(position, bytes.size.toLong()).toInt()
    }

    override suspend fun close() {
        // There is nothing to release.
    }
}

/**
 * Reads to the end, from wherever the source is now.
 *
 * @param limit how many bytes to accept.
 * @throws EncodingException when there are more.
 */
public suspend fun ByteSource.readAll(limit: Int = Int.MAX_VALUE): Bytes {
    val parts = ArrayList<Bytes>()
    var total = 0L
    while (true) {
        val part = read(PIECE)
        if (part.size == 0) break
        total += part.size
        if (total > limit) throw EncodingException("The source has more than $limit bytes")
        parts += part
    }
    if (parts.size == 1) return parts[0]
    val joined = ByteArray(total.toInt())
    var at = 0
    for (part in parts) {
        part.copyInto(joined, at)
        at += part.size
    }
    return Bytes(joined)
}

/** As much as travels in one message without being cut (protocol §1.8). */
private const val PIECE = 256 * 1024
