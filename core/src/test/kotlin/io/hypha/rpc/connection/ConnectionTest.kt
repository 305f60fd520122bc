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
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
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
            connection.start(Handler { if (++taken == 1) error("on purpose") })
            val peer = ScriptedPeer(pair.right)
            repeat(2) { peer.sendBytes(byteArrayOf(1)) }
            runCurrent()
            taken shouldBe 2
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
