package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.testing.GivenLink
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class ConnectionTest {
    private class Handler(
        private val onMessage: (Bytes) -> Unit,
    ) : ConnectionHandler {
        override fun onMessage(message: Bytes) = onMessage.invoke(message)

        override suspend fun restore(info: ConnectionInfo) = Unit

        override fun onRestored(info: ConnectionInfo) = Unit

        override fun onClosed(cause: HyphaException) = Unit
    }

    private suspend fun TestScope.opened(link: Link): Connection =
        Connection(GivenLink(link), backgroundScope, ConnectionSettings(pingInterval = Duration.INFINITE, refreshInterval = 7200.seconds))
            .also { it.open(Identity("alice")) }

    @Test
    fun `a message that cannot be taken costs itself only`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
            val connection = opened(pair.left)
            var taken = 0
            val handler =
                Handler {
                    when (++taken) {
                        1 -> error("on purpose")
                        2 -> throw StackOverflowError()
                    }
                }
            connection.start(handler)
            val peer = ScriptedPeer(pair.right)
            repeat(3) { peer.sendBytes(byteArrayOf(1)) }
            runCurrent()
            taken shouldBe 3
            connection.state.value shouldBe ConnectionState.Connected(1)
            connection.close()
        }

    @Test
    fun `a link that fails in a way of its own has ended`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
            val link =
                object : Link by pair.left {
                    override suspend fun receive(): LinkEvent = throw CharacterCodingException()
                }
            val connection = opened(link)
            connection.start(Handler { })
            runCurrent()
            (connection.state.value as ConnectionState.Closed).cause.shouldBeInstanceOf<ConnectionClosedException>()
        }

    @Test
    fun `what nobody has foreseen ends the connection, so that it does not look alive`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
            val logger = HyphaLogger { _, message, _ -> if ("policy" in message) error("no log") }
            val settings = ConnectionSettings(Duration.INFINITE, reconnect = { error("no policy") }, logger = logger)
            val connection = Connection(GivenLink(pair.left), backgroundScope, settings)
            connection.open(Identity("alice"))
            connection.start(Handler { })
            pair.right.close("gone")
            runCurrent()
            val cause = (connection.state.value as ConnectionState.Closed).cause.shouldBeInstanceOf<ConnectionClosedException>()
            cause.message shouldBe "the connection failed in an unexpected way: IllegalStateException"
        }

    @Test
    fun `who watches the state in the thread that changes it keeps nobody from closing`() =
        runTest {
            val connection = opened(LinkedPair(infoOf("alice"), infoOf("peer")).left)
            connection.start(Handler { })
            var isHeldUp = true
            val watching =
                launch(Dispatchers.Unconfined) {
                    connection.state.first { it is ConnectionState.Closed }
                    val other = thread { connection.close() }
                    other.join(10_000)
                    isHeldUp = other.isAlive
                }
            connection.close()
            watching.join()
            isHeldUp shouldBe false
        }

    @Test
    fun `a connection that was closed before it started stays closed`() =
        runTest {
            val connection = opened(LinkedPair(infoOf("alice"), infoOf("peer")).left)
            connection.close()
            shouldThrow<ConnectionClosedException> { connection.start(Handler { }) }
            (connection.state.value is ConnectionState.Closed) shouldBe true
        }

    @Test
    fun `a server whose tokens live for no time is not flooded`() =
        runTest {
            for (life in listOf(0.0, -5.0, 0.001, Double.NaN)) {
                var refreshes = 0
                val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
                val link =
                    object : Link by pair.left {
                        override val info =
                            ConnectionInfo.of(
                                "workspace" to JsonPrimitive("ws"),
                                "client_id" to JsonPrimitive("alice"),
                                "reconnection_token" to JsonPrimitive("token"),
                                "reconnection_token_life_time" to JsonPrimitive(life),
                            )

                        override suspend fun control(message: ControlMessage) {
                            refreshes++
                        }
                    }
                val connection = opened(link)
                connection.start(Handler { })
                advanceTimeBy(10.seconds)
                connection.close()
                refreshes shouldBeLessThan 11
            }
        }

    @Test
    fun `an infinite refresh interval refreshes nothing`() =
        runTest {
            var refreshes = 0
            val link =
                object : Link by LinkedPair(infoOf("alice"), infoOf("peer")).left {
                    override val info =
                        ConnectionInfo(JsonObject(infoOf("alice").entries + ("reconnection_token" to JsonPrimitive("token"))))

                    override suspend fun control(message: ControlMessage) {
                        refreshes++
                    }
                }
            val connection =
                Connection(GivenLink(link), backgroundScope, ConnectionSettings(pingInterval = Duration.INFINITE))
            connection.open(Identity("alice"))
            connection.start(Handler { })
            advanceTimeBy(72.hours)
            refreshes shouldBe 0
            connection.close()
        }
}
