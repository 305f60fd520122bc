package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.Serializable

/**
 * Bytes that are read piece by piece: a file, a download, a generated report. As an argument or result it travels as a reference
 * (`_rtype: iostream`, protocol §4.4), and the other side reads from it while the call lasts. A received one reads from the peer.
 *
 * One reader at a time: wait for a [read] or [seek] to return before the next. Whoever is done with it calls [close].
 */
@Serializable(with = ByteSourceSerializer::class)
public interface ByteSource {
    /** A name to show, such as that of the file; null when there is none. */
    public val name: String? get() = null

    /** How many bytes there are in total, when known. */
    public val size: Long? get() = null

    /** The media type, such as `image/png`, when known. */
    public val mediaType: String? get() = null

    /** Whether [seek] works. */
    public val isSeekable: Boolean get() = false

    /**
     * Reads on.
     *
     * @param size how many bytes to return at most, at least 1; fewer do not mean the end.
     * @return the next bytes, empty only at the end.
     */
    public suspend fun read(size: Int): Bytes

    /**
     * Continues reading at [position], counted in bytes from the start.
     *
     * @throws UnsupportedOperationException when the source is not [seekable][isSeekable].
     */
    public suspend fun seek(position: Long): Unit = throw UnsupportedOperationException("This source of bytes cannot seek")

    /** Releases what the source holds; calling it again does nothing. */
    public suspend fun close()
}
