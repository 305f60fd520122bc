package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A server whose manager takes everything, unless a test says otherwise, over one link after the other. */
@OptIn(ExperimentalCoroutinesApi::class)
internal class FakeServer(
    private val test: TestScope,
) {
    /** What the server says of itself to whoever comes next. */
    var entries: Map<String, JsonElement> = emptyMap()

    /** What the manager makes of a call; null for what it makes of any. */
    var onCall: suspend (call: Message) -> Reaction? = { null }

    val doors = Doors { ConnectionInfo(JsonObject(infoOf(it.clientId).entries + entries)) }

    /** The calls of the manager, with the number of the link over which they came: `2 register_service svc`. */
    val calls = mutableListOf<String>()

    /** The messages for everybody else. */
    val others = Channel<Message>(Channel.UNLIMITED)

    /** What the server does with a message of the client to itself, unless it just delivers it. */
    var onOwn: suspend (message: Message) -> Unit = { peer(ME).send(it.main, it.extra) }

    /** How many of them there were. */
    var toItself = 0
        private set

    /** What the client answers to calls of the manager's own. */
    val answers = Channel<Message>(Channel.UNLIMITED)

    /** How many links there were. */
    var links = 0
        private set
    private lateinit var pair: LinkedPair

    /** The manager at the other end of the newest link. */
    val manager: ScriptedPeer
        get() = ScriptedPeer(pair.right, "*/${(entries["manager_id"] as? JsonPrimitive)?.content ?: "manager-1"}")

    /** The other end of the newest link, as a client of the same workspace. */
    val bob: ScriptedPeer get() = peer("ws/bob")

    init {
        test.backgroundScope.launch {
            for (visitor in doors.visitors) {
                pair = visitor
                val number = ++links
                launch { serve(visitor, number) }
            }
        }
    }

    /** The other end of the newest link, as any client. */
    fun peer(address: String) = ScriptedPeer(pair.right, address)

    private suspend fun serve(
        visitor: LinkedPair,
        number: Int,
    ) {
        while (true) {
            val event = visitor.right.receive() as? LinkEvent.Message ?: break
            val call = Message.of(event.bytes)
            val target = call.main["to"] as String
            if (target.startsWith("*/") && call.method.substringAfterLast('.') in replies) {
                answers.send(call)
            } else if (target.startsWith("*/")) {
                calls += "$number ${call.method.substringAfterLast('.')} ${subject(call)}"
                test.backgroundScope.launch { react(call, ScriptedPeer(visitor.right, target)) }
            } else if (target == ME) {
                toItself++
                onOwn(call)
            } else {
                others.send(call)
            }
        }
    }

    private suspend fun react(
        call: Message,
        manager: ScriptedPeer,
    ) {
        when (val reaction = onCall(call)) {
            is Reaction.Refuse -> manager.reject(call, reaction.text)
            is Reaction.Answer -> manager.resolve(call, reaction.value)
            is Reaction.Silence -> Unit
            null -> manager.resolve(call, null)
        }
    }

    /** The calls since the last time. */
    fun news(): List<String> = calls.toList().also { calls.clear() }

    /** Ends the newest link, and returns when the client knows. */
    fun cut(reason: String = "gone") {
        drop(reason)
        test.runCurrent()
    }

    /** Ends the newest link; the client does not know yet. */
    fun drop(reason: String = "gone") {
        pair.right.close(reason)
    }

    /** From now on the server is another one, which gives no link before [reopen]. */
    fun shut() {
        doors.shut()
        cut()
    }

    fun reopen() {
        doors.answer = { ConnectionInfo(JsonObject(infoOf(it.clientId).entries + entries)) }
    }

    fun rename(manager: String) {
        entries = entries + ("manager_id" to JsonPrimitive(manager))
    }

    suspend fun connect(configure: HyphaOptions.() -> Unit = {}): HyphaConnection {
        val options =
            HyphaOptions().apply {
                coroutineContext = StandardTestDispatcher(test.testScheduler)
                timeSource = test.testScheduler.timeSource
                clientId = "alice"
                reconnect = ExponentialBackoff(jitter = 0.0)
                configure()
            }
        return HyphaConnection.connect(doors, options)
    }

    sealed interface Reaction {
        class Answer(
            val value: Any?,
        ) : Reaction

        class Refuse(
            val text: String,
        ) : Reaction

        object Silence : Reaction
    }

    companion object {
        private const val ME = "ws/alice"
        private val replies = setOf("resolve", "reject", "heartbeat")

        /** What a call is about: a service, or types of events. */
        fun subject(call: Message): String =
            when (val first = call.args.firstOrNull()) {
                is Map<*, *> -> (first["id"] as? String ?: first.toString()).substringAfter(':')
                is List<*> -> first.joinToString(",")
                else -> first.toString()
            }
    }
}

/** Runs [test] with the client `ws/alice`, which comes back, and its server. Nothing may be left at the end. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withServer(
    configure: HyphaOptions.() -> Unit = {},
    test: suspend TestScope.(alice: HyphaConnection, server: FakeServer) -> Unit,
) = runTest {
    val server = FakeServer(this)
    val alice = server.connect(configure)
    try {
        server.news()
        test(alice, server)
        runCurrent()
        shouldHoldNothing(alice)
    } finally {
        alice.close()
        alice.awaitClosed()
    }
}
