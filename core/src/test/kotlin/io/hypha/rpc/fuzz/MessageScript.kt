package io.hypha.rpc.fuzz

import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.frame
import io.hypha.rpc.testing.packed
import io.hypha.rpc.wire.Bytes
import kotlin.time.Duration.Companion.seconds

/**
 * Makes what happens to a client out of bytes: raw frames, calls, replies, callbacks, pieces of long messages and events, true and forged, and
 * time that passes. What the client itself has said, such as the names of its sessions, can be used.
 */
internal class MessageScript(
    private val bytes: ByteArray,
    private val client: FuzzedClient,
) {
    private var at = 0

    /** Sessions and functions that the client has told of. */
    private val sessions = arrayListOf("P1", "gone", "")
    private val paths = arrayListOf("services.open.echo", "services.open.add", "services.open.slow", "services.open.use")
    private val senders = listOf("ws/peer", "ws/eve", "other/eve", "*/manager-1", "ws/alice", "peer", null)
    private val types = listOf("news", "client_disconnected", "peer_not_found", "error", "disconnected", "method", "")
    private val cacheFunctions = listOf("create", "append", "set", "process", "remove")

    init {
        paths += listOf("services.open.give", "services.open.count", "services.private.secret", "services.built-in.ping")
        paths += listOf("services.built-in.get_service", "services..x", "services.open.__proto__", "services._rintf_x.f", "nowhere")
    }

    /** Plays the whole script. */
    fun play() {
        repeat(MOST_STEPS) {
            if (at >= bytes.size || client.isClosed) return
            step()
            client.takeSent().forEach(::learn)
        }
    }

    private fun step() {
        when (next() % STEPS) {
            0 -> client.deliver(take(next() * 256 + next()))
            1, 2 -> call(pick(paths))
            3 -> call("${pick(sessions)}.${pick(listOf("resolve", "reject", "heartbeat"))}")
            4 -> cache()
            5 -> event()
            6 -> client.pass(next().seconds)
            else -> client.callOut(pick(listOf("ws/peer", "other/eve", "ws/alice")))
        }
    }

    private fun call(method: String) {
        val flags = next()
        val main =
            mapOf(
                "type" to "method",
                "from" to pick(senders),
                "to" to if (flags and 1 == 0) "ws/alice" else "else/alice",
                "method" to method,
                "session" to if (flags and 2 == 0) pick(sessions) else null,
                "parent" to if (flags and 4 == 0) null else pick(sessions),
                "user" to mapOf("id" to "u"),
            )
        client.deliver(frame(main.filterValues { it != null }, payload(flags)))
    }

    /** Either bytes as they come, or a whole payload around arguments as they come. */
    private fun payload(flags: Int): ByteArray {
        val raw = take(next())
        if (flags and 8 != 0) return raw
        val count = next() % 4
        val head = byteArrayOf((0x82 + (flags shr 4 and 1)).toByte()) + packed("args") + (0x90 + count).toByte()
        val promise = packed("promise") + packed("*")
        return head + raw + promise + if (flags and 16 == 0) ByteArray(0) else packed("with_kwargs") + packed(true)
    }

    private fun cache() {
        val key = pick(sessions)
        val args = listOf(key, next() % 3, Bytes(take(next())), next() % 2 == 0)
        val function = pick(cacheFunctions)
        val main =
            mapOf("type" to "method", "from" to (pick(senders) ?: "ws/peer"), "to" to "ws/alice", "session" to "P1") +
                ("method" to "services.built-in.message_cache.$function")
        val kept = if (function == "set") args else listOf(args[0], args[2], args[3])
        client.deliver(frame(main, packed(mapOf("args" to kept, "promise" to "*"))))
    }

    private fun event() {
        val main =
            mapOf("type" to pick(types), "from" to pick(senders), "to" to "ws/*", "session" to pick(sessions), "peer_id" to "ws/peer")
        client.deliver(frame(main.filterValues { it != null }, take(next())))
    }

    /** Remembers the sessions and the functions that [message] tells of. */
    private fun learn(message: Message) {
        (message.main["session"] as? String)?.let { if (it !in sessions) sessions += it }
        message.args.forEach(::learn)
    }

    private fun learn(value: Any?) {
        when (value) {
            is List<*> -> value.forEach(::learn)
            is Map<*, *> -> value.forEach { (key, inner) -> if (key in methodKeys && inner is String) paths += inner else learn(inner) }
        }
    }

    private fun next(): Int = if (at < bytes.size) bytes[at++].toInt() and 0xff else 0

    private fun take(count: Int): ByteArray {
        val to = minOf(bytes.size, at + count)
        return bytes.copyOfRange(at, to).also { at = to }
    }

    private fun <T> pick(all: List<T>): T = all[next() % all.size]

    companion object {
        private const val MOST_STEPS = 24
        private const val STEPS = 8
        private val methodKeys = setOf("_rmethod", "_rclose_method")

        /** The script that delivers [frames] as they are. */
        fun of(frames: List<ByteArray>): ByteArray =
            frames.fold(ByteArray(0)) { all, frame -> all + byteArrayOf(0, (frame.size / 256).toByte(), frame.size.toByte()) + frame }
    }
}
