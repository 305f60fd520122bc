package io.hypha.rpc.hub.route

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter

/** The map entry [key]: [value], encoded. */
internal fun encodedEntry(
    key: String,
    value: String,
): ByteArray {
    val writer = MsgPackWriter()
    writer.writeString(key)
    writer.writeString(value)
    return writer.finish().toByteArray()
}

/**
 * What the hub says about the sender of a message (protocol §2.2): the entries `from`, `ws` and `user`. They are the same for
 * every message of a connection, hence encoded once.
 */
internal class Stamp(
    from: String,
    workspace: String,
    user: Bytes,
) {
    /** The encoded entries, one after the other. */
    val encoded: ByteArray =
        with(MsgPackWriter()) {
            writeString("from")
            writeString(from)
            writeString("ws")
            writeString(workspace)
            writeString("user")
            writeRaw(user)
            finish().toByteArray()
        }

    companion object {
        /** How many entries a stamp has. */
        const val ENTRIES = 3
    }
}
