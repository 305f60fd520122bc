package io.hypha.rpc.fuzz

import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.GivenLink
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestCoroutineScheduler
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** The client `ws/alice` at the end of a link that carries whatever the test says, in virtual time on the thread of the test. */
@OptIn(ExperimentalCoroutinesApi::class)
internal class FuzzedClient {
    private val scheduler = TestCoroutineScheduler()
    private val dispatcher = StandardTestDispatcher(scheduler)
    private val problems = ArrayList<String>()
    private val link = FuzzedLink()
    private val own = CoroutineScope(dispatcher + CoroutineExceptionHandler { _, e -> problems += "uncaught: ${e.stackTraceToString()}" })

    /** Sees every message that the client sends. */
    var onSent: (Message) -> Unit = {}

    val client: HyphaConnection

    init {
        val options =
            HyphaOptions().apply {
                coroutineContext = own.coroutineContext
                timeSource = scheduler.timeSource
                pingInterval = Duration.INFINITE
                tokenRefreshInterval = Duration.INFINITE
                logger =
                    HyphaLogger { level, message, cause ->
                        if (level == HyphaLogger.Level.Error) problems += "logged: $message ${cause?.stackTraceToString()}"
                    }
            }
        val connecting = own.async { HyphaConnection.connect(GivenLink(link), options, announces = false) }
        scheduler.runCurrent()
        client = connecting.getCompleted()
        client.provideService(
            service("open") {
                visibility = Visibility.Public
                function("echo", param("value")) { value: Any? -> value }
                function("add", param("a"), param("b", default = 2)) { a: Int, b: Int -> a + b }
                function("slow") { delay(20.seconds) }
                function("use", param("f")) { f: RemoteFunction -> f.call<Any?>(1) }
                function("give") { callback { n: Int -> n + 1 } }
                function("count", param("to")) { to: Int -> flow { for (i in 0 until to.coerceAtMost(5)) emit(i) } }
            },
        )
        client.provideService(service("private") { function("secret") { "secret" } })
        client.on("news") { it.data }
    }

    /** Whether somebody who may do so has ended the connection. */
    val isClosed: Boolean get() = client.state.value is ConnectionState.Closed

    fun deliver(message: ByteArray) {
        link.incoming.trySend(LinkEvent.Message(Bytes(message)))
        scheduler.runCurrent()
    }

    fun pass(time: Duration) {
        scheduler.advanceTimeBy(time)
        scheduler.runCurrent()
    }

    /** The client calls `services.svc.f` of [peer] with a callback and a stream; nobody waits for the result. */
    fun callOut(peer: String) {
        own.launch {
            try {
                client.getServiceOf(peer, "svc") { follow = false }.call<Any?>("f", callback { n: Int -> n }, flow { emit(1) })
            } catch (_: HyphaException) {
                // Every named failure is as good as a result here.
            }
        }
        scheduler.runCurrent()
    }

    /** The messages that the client has sent since the last time. */
    fun takeSent(): List<Message> =
        link.sent
            .map { Message.of(it) }
            .onEach(onSent)
            .also { link.sent.clear() }

    /** Fails the test for whatever the client said was wrong. */
    fun requireNoProblem() {
        demand(problems.isEmpty()) { problems.joinToString("\n") }
    }

    /** Ends the client; nothing of it may go on. */
    fun end() {
        client.close()
        pass(1.minutes)
        requireNoProblem()
        demand(own.coroutineContext[Job]?.children?.none() != false) { "coroutines are left" }
    }
}

private class FuzzedLink : Link {
    val incoming = Channel<LinkEvent>(Channel.UNLIMITED)
    val sent = ArrayList<Bytes>()
    override val info: ConnectionInfo = infoOf("alice")
    override val connectionType: String get() = "memory"

    override suspend fun receive(): LinkEvent = incoming.receiveCatching().getOrNull() ?: LinkEvent.Closed(1000, "the end")

    override suspend fun send(message: ByteChain) {
        sent += message.toBytes()
    }

    override suspend fun control(message: ControlMessage) = Unit

    override fun close(reason: String) {
        incoming.close()
    }
}
