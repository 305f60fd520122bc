package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.ProtocolException

/**
 * The first segment of a message, which says where it goes (protocol §2.1, §2.2). Only these fields exist for a receiver: what
 * else a sender puts there, such as a forged `ctx`, is passed over (protocol §2.6). The addresses and the user are trustworthy
 * because the hub writes them.
 *
 * @property type `method` for calls, otherwise the name of an event.
 * @property to address of the receiver.
 * @property from address of the sender.
 * @property method dotted path of the function in the receiver's object store.
 * @property session the caller's session, present when it waits for a reply.
 * @property parent the receiver's session in whose context the call happens.
 * @property ws workspace of the sender; for a workspace manager the one it serves.
 * @property user encoded map that describes the sender's user, unread.
 */
@InternalHyphaApi
public class RoutingHeader(
    public val type: String,
    public val to: String? = null,
    public val from: String? = null,
    public val method: String? = null,
    public val session: String? = null,
    public val parent: String? = null,
    public val ws: String? = null,
    public val user: Bytes? = null,
) {
    /** Writes the fields that are not null as one map. */
    public fun write(writer: MsgPackWriter) {
        writer.writeMapHeader(fieldCount())
        writeField(writer, "type", type)
        writeField(writer, "from", from)
        writeField(writer, "to", to)
        writeField(writer, "method", method)
        writeField(writer, "session", session)
        writeField(writer, "parent", parent)
        writeField(writer, "ws", ws)
        if (user != null) {
            writer.writeString("user")
            writer.writeRaw(user)
        }
    }

    private fun fieldCount(): Int {
        var count = 1
        if (from != null) count++
        if (to != null) count++
        if (method != null) count++
        if (session != null) count++
        if (parent != null) count++
        if (ws != null) count++
        if (user != null) count++
        return count
    }

    private fun writeField(
        writer: MsgPackWriter,
        name: String,
        value: String?,
    ) {
        if (value == null) return
        writer.writeString(name)
        writer.writeString(value)
    }

    /** Reads headers. */
    public companion object {
        /**
         * Reads the first segment and leaves the reader at the payload, or at the end when there is none. The last one of
         * repeated keys counts, nil is as good as absent, unknown keys are skipped unread.
         *
         * @throws ProtocolException when the segment is no map, a field has the wrong type, or `type` is missing.
         */
        public fun read(reader: MsgPackReader): RoutingHeader = RoutingHeaderReader().read(reader)
    }
}
