package io.hypha.rpc.metrics

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.ScriptedServer
import io.hypha.rpc.testing.infoOf
import io.kotest.matchers.collections.shouldContainExactly
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

class ConnectionMetricsTest {
    private val told = RecordedMetrics()
    private val doors = Doors()

    private suspend fun TestScope.connected(configure: HyphaOptions.() -> Unit = {}): HyphaConnection {
        val options =
            HyphaOptions().apply {
                coroutineContext = StandardTestDispatcher(testScheduler)
                timeSource = testScheduler.timeSource
                metrics = told
                configure()
            }
        return HyphaConnection.connect(doors, options, announces = false)
    }

    @Test
    fun `a connection is there until the user closes it`() =
        runTest {
            val alice = connected()
            alice.close()
            alice.awaitClosed()
            told.connection.shouldContainExactly("connected 1", "disconnected")
        }

    @Test
    fun `each attempt to come back is told of, and that it is back`() =
        runTest {
            val alice = connected()
            doors.shut()
            doors.visitors
                .receive()
                .right
                .close("gone")
            alice.state.first { it is ConnectionState.Reconnecting && it.attempt == 3 }
            doors.answer = { infoOf(it.clientId) }
            val server = ScriptedServer(doors.visitors.receive())
            server.answer(server.expectManager("register_service"), null)
            alice.state.first { it is ConnectionState.Connected && it.generation == 2 }
            alice.close()
            alice.awaitClosed()
            told.connection.shouldContainExactly(
                "connected 1",
                "disconnected",
                "reconnecting 1",
                "reconnecting 2",
                "reconnecting 3",
                "connected 2",
                "disconnected",
            )
        }

    @Test
    fun `what happens while it is told of is told of afterwards`() =
        runTest {
            lateinit var alice: HyphaConnection
            val closing =
                object : HyphaMetrics by told {
                    override fun onConnected(generation: Int) {
                        if (generation == 2) alice.close()
                        told.onConnected(generation)
                    }
                }
            alice = connected { metrics = closing }
            doors.visitors
                .receive()
                .right
                .close("gone")
            val server = ScriptedServer(doors.visitors.receive())
            server.answer(server.expectManager("register_service"), null)
            alice.awaitClosed()
            told.connection.shouldContainExactly("connected 1", "disconnected", "reconnecting 1", "connected 2", "disconnected")
        }

    @Test
    fun `a connection that is given up is gone once`() =
        runTest {
            val alice = connected { reconnect = ReconnectPolicy.Never }
            doors.visitors
                .receive()
                .right
                .close("gone")
            alice.awaitClosed()
            told.connection.shouldContainExactly("connected 1", "disconnected")
        }
}
