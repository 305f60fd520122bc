package io.hypha.rpc.hub.route

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader

/**
 * The first segment of a frame as the hub sees it (protocol §2.1, §2.2): three values to route by, and the bytes of the entries
 * that go on as they came. Everything that the hub itself states, and a forged `ctx` (§2.6), is left out wherever it stands.
 *
 * @property end where the payload begins: the number of bytes that the segment takes.
 * @property type what kind of message it is; null when it does not say.
 * @property to the receiver as the sender wrote it. Of repeated keys the last one counts.
 * @property session the sender's session when it waits for a reply.
 */
internal class RoutingSegment private constructor(
    private val frame: Bytes,
    val end: Int,
    val type: String?,
    val to: String?,
    val session: String?,
    private val kept: KeptEntries,
    private val methodAt: Int,
) {
    /** The function that is called. Not read before it is asked for, as most messages are routed without it. */
    val method: String?
        get() {
            if (methodAt < 0) return null
            val reader = MsgPackReader(frame.slice(methodAt))
            return if (reader.tryReadNil()) null else reader.readString()
        }

    /**
     * The segment that the receiver gets: the kept entries, then [toEntry], then [stamp].
     *
     * @param room bytes to leave free behind it, for the payload.
     */
    fun rewritten(
        toEntry: ByteArray,
        stamp: Stamp,
        room: Int,
    ): ByteArray {
        val entries = kept.entries + 1 + Stamp.ENTRIES
        val size = mapHeadSize(entries) + kept.size + toEntry.size + stamp.encoded.size
        val target = ByteArray(size + room)
        var at = putMapHead(target, entries)
        at = kept.copyInto(target, at, frame)
        toEntry.copyInto(target, at)
        stamp.encoded.copyInto(target, at + toEntry.size)
        return target
    }

    companion object {
        /**
         * Looks through the first segment of [frame]; of the payload nothing needs to be there.
         *
         * @throws ProtocolException when it is no map with text keys, ends too early, or a value to route by is no text.
         */
        fun scan(frame: Bytes): RoutingSegment {
            val reader = MsgPackReader(frame)
            val kept = KeptEntries()
            var type: String? = null
            var to: String? = null
            var session: String? = null
            var methodAt = -1
            repeat(reader.readMapHeader()) {
                val start = reader.position
                val key = reader.readKey()
                when (key) {
                    "type" -> type = reader.readTextOrNil()
                    "to" -> to = reader.readTextOrNil()
                    "session" -> session = reader.readTextOrNil()
                    "method" -> methodAt = reader.position.also { reader.skip() }
                    else -> reader.skip()
                }
                if (key !in STATED_BY_HUB) kept.add(start, reader.position)
            }
            return RoutingSegment(frame, reader.position, type, to, session, kept, methodAt)
        }

        private val STATED_BY_HUB = setOf("from", "to", "ws", "user", "ctx")

        // Addresses and types come again and again, like keys.
        private fun MsgPackReader.readTextOrNil(): String? = if (tryReadNil()) null else readKey()
    }
}
