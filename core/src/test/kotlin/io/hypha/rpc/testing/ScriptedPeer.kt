package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest

/** One message in the clear: its routing segment and its payload. */
internal class Message(
    val main: Map<String, Any?>,
    val extra: Map<String, Any?>,
) {
    val method: String get() = main["method"] as String
    val session: String get() = main["session"] as String
    val args: List<Any?> get() = (extra["args"] as List<*>?).orEmpty()

    override fun toString(): String = "$main $extra"

    companion object {
        fun of(bytes: Bytes): Message {
            val reader = MsgPackReader(bytes)
            return Message(segment(reader), if (reader.remaining > 0) segment(reader) else emptyMap())
        }

        private fun segment(reader: MsgPackReader): Map<String, Any?> =
            (PlainValues.read(reader) as Map<*, *>).entries.associate { (key, value) -> key as String to value }
    }
}

/** The far end of a client's link, which says and expects exact messages: a peer of any make. */
internal class ScriptedPeer(
    private val link: Link,
    val address: String = "ws/peer",
) {
    /** What the server says is the workspace of this peer; a manager serves the client's. */
    private val workspace = address.substringBefore('/').replace("*", "ws")

    /** Another peer behind the same link. */
    fun of(address: String) = ScriptedPeer(link, address)

    /** The next message of the client; the test hangs, and fails by its time limit, when none comes. */
    suspend fun expect(): Message {
        val event = link.receive()
        check(event is LinkEvent.Message) { "the client ended the link: ${(event as? LinkEvent.Closed)?.reason}" }
        return Message.of(event.bytes)
    }

    suspend fun send(
        main: Map<String, Any?>,
        extra: Map<String, Any?>? = null,
    ) {
        val out = MsgPackWriter()
        PlainValues.write(out, main)
        if (extra != null) PlainValues.write(out, extra)
        link.send(out.finish())
    }

    suspend fun sendBytes(bytes: ByteArray) {
        val out = MsgPackWriter()
        out.writeRaw(Bytes(bytes))
        link.send(out.finish())
    }

    /** A call of this peer's, as the server delivers it. */
    suspend fun call(
        method: String,
        args: List<Any?> = emptyList(),
        session: String = "P1",
        parent: String? = null,
        extra: Map<String, Any?> = mapOf("promise" to "*", "t" to 15.0),
    ) {
        send(main(method, "session" to session, "parent" to parent), mapOf("args" to args) + extra)
    }

    /** Answers [call] with [result]. */
    suspend fun resolve(
        call: Message,
        result: Any?,
    ) {
        send(main("${call.session}.resolve", "parent" to call.session), mapOf("args" to listOf(result)))
    }

    suspend fun reject(
        call: Message,
        text: String,
        trace: String = "",
    ) {
        val error = mapOf("_rtype" to "error", "_rvalue" to text, "_rtrace" to trace)
        send(main("${call.session}.reject", "parent" to call.session), mapOf("args" to listOf(error)))
    }

    suspend fun heartbeat(call: Message) {
        send(main("${call.session}.heartbeat", "parent" to call.session))
    }

    fun main(
        method: String,
        vararg more: Pair<String, Any?>,
    ): Map<String, Any?> =
        mapOf("type" to "method", "from" to address, "to" to "ws/alice", "ws" to workspace, "method" to method) +
            more.filter { it.second != null }

    /** A method object of this peer's, as other clients make them: without this library's own key. */
    fun method(
        path: String,
        vararg more: Pair<String, Any?>,
    ): Map<String, Any?> = mapOf("_rtype" to "method", "_rtarget" to address, "_rmethod" to path, "_rpromise" to "*") + more

    fun close(reason: String) {
        link.close(reason)
    }
}

/** Runs [test] with the client `ws/alice` and a scripted peer at the other end of its link. Nothing may be left at the end. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withScriptedPeer(
    configure: HyphaOptions.() -> Unit = {},
    leavesNothing: Boolean = true,
    test: suspend TestScope.(alice: HyphaConnection, peer: ScriptedPeer) -> Unit,
) = runTest {
    val pair = LinkedPair(infoOf("alice"), infoOf("peer"), capacity = 1024)
    val alice = connectOver(pair.left, configure)
    try {
        test(alice, ScriptedPeer(pair.right))
        runCurrent()
        if (leavesNothing) shouldHoldNothing(alice)
    } finally {
        alice.close()
        alice.awaitClosed()
    }
}
