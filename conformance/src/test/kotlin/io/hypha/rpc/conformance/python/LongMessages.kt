package io.hypha.rpc.conformance.python

import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import java.util.TreeMap

/** The long messages of one conversation, cut up on their way out and put together when they come in (protocol §6). */
internal class LongMessages(
    private val names: Names,
) {
    private val outgoing = HashMap<String, List<Bytes>>()
    private val announced = HashMap<String, RecordedMessage>()
    private val arriving = HashMap<String, TreeMap<Long, Bytes>>()
    private val keys = HashMap<String, Any?>()

    /** The script is to send [message] in the pieces that follow. */
    fun prepare(message: RecordedMessage) {
        val segments = message.segments.map { segment -> segment.mapValues { names.translated(it.value) } }
        outgoing[message.key!!] = pieces(Message.encode(segments))
    }

    /** The other side is to send [message] in pieces. */
    fun announce(message: RecordedMessage) {
        announced[message.key!!] = message
    }

    /** [value] with the bytes of a piece in the place of those that were not recorded. */
    fun filledIn(message: RecordedMessage): List<Any?> {
        val pieces = outgoing.getValue(message.args[0] as String)
        val index = (message.args[1] as Long).toInt()
        return message.args.map { if (it is ElidedBytes) pieces[index] else it }
    }

    /** Keeps the piece that [actual] brings. */
    fun collect(
        recorded: RecordedMessage,
        actual: Message,
    ) {
        val key = recorded.args[0] as String
        val pieces = arriving.getOrPut(key) { TreeMap() }
        check(keys.getOrPut(key) { actual.args[0] } == actual.args[0]) { "the pieces of one message came under two keys" }
        check(pieces.put(actual.args[1] as Long, actual.args[2] as Bytes) == null) { "piece ${actual.args[1]} came twice" }
    }

    /** What was recorded, and what has arrived, of the message that [process] completes. */
    fun completed(process: RecordedMessage): Pair<RecordedMessage, Message> {
        val key = process.args[0] as String
        val out = MsgPackWriter()
        arriving.getValue(key).values.forEach(out::writeRaw)
        return announced.getValue(key) to Message.of(out.finish().toBytes())
    }

    companion object {
        private const val PIECE = 262_144

        fun pieces(message: ByteChain): List<Bytes> {
            val whole = message.toBytes()
            return (0 until whole.size step PIECE).map { whole.slice(it, minOf(it + PIECE, whole.size)) }
        }
    }
}
