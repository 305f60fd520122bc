package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.wire.Bytes

/**
 * A stream of bytes at another client, read through the functions that it sent (protocol §4.4). Sent on, it is read through this client:
 * its own functions answer to nobody else.
 */
internal class RemoteByteSource(
    private val entries: Map<String, Any?>,
) : ByteSource {
    private var isClosed = false

    override val name: String? get() = entries["name"] as? String
    override val size: Long? get() = entries["size"] as? Long
    override val mediaType: String? get() = entries["type"] as? String
    override val isSeekable: Boolean get() = entries["seek"] is RemoteFunction

    override suspend fun read(size: Int): Bytes {
        require(size > 0) { "read at least one byte, not $size" }
        return function("read").call<Bytes>(size)
    }

    override suspend fun seek(position: Long) {
        if (!isSeekable) throw UnsupportedOperationException("the owner of this stream of bytes lets nobody seek in it")
        function("seek").call<Any?>(position)
    }

    override suspend fun close() {
        if (isClosed) return
        isClosed = true
        (entries["close"] as? RemoteFunction)?.call<Any?>()
    }

    private fun function(name: String): RemoteFunction =
        entries[name] as? RemoteFunction ?: throw EncodingException("the stream of bytes has no function '$name'")
}
