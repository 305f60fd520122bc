package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.ProtocolException

/** Collects the fields of one [RoutingHeader] while its map is read. */
@InternalHyphaApi
internal class RoutingHeaderReader {
    private var type: String? = null
    private var to: String? = null
    private var from: String? = null
    private var method: String? = null
    private var session: String? = null
    private var parent: String? = null
    private var ws: String? = null
    private var user: Bytes? = null

    fun read(reader: MsgPackReader): RoutingHeader {
        repeat(reader.readMapHeader()) { readEntry(reader) }
        val type = type ?: throw ProtocolException("The routing header has no type")
        return RoutingHeader(type, to, from, method, session, parent, ws, user)
    }

    private fun readEntry(reader: MsgPackReader) {
        // A recent equal key comes out of the cache: no string is made for the keys of ordinary headers.
        when (val key = reader.readKey()) {
            "type" -> type = text(reader, key, repeated = true)
            "to" -> to = text(reader, key, repeated = true)
            "from" -> from = text(reader, key, repeated = true)
            "method" -> method = text(reader, key, repeated = false)
            "session" -> session = text(reader, key, repeated = false)
            "parent" -> parent = text(reader, key, repeated = false)
            "ws" -> ws = text(reader, key, repeated = true)
            "user" -> user = map(reader)
            else -> reader.skip()
        }
    }

    private fun text(
        reader: MsgPackReader,
        key: String,
        repeated: Boolean,
    ): String? =
        when (reader.peek()) {
            WireType.String -> if (repeated) reader.readRepeatedString() else reader.readString()
            WireType.Nil -> null.also { reader.readNil() }
            else -> throw ProtocolException("$key in the routing header: ${reader.unexpected("text").message}")
        }

    private fun map(reader: MsgPackReader): Bytes? =
        when (reader.peek()) {
            WireType.Map -> reader.skipSlice().detached()
            WireType.Nil -> null.also { reader.readNil() }
            else -> throw ProtocolException("user in the routing header: ${reader.unexpected("a map").message}")
        }
}
