package io.hypha.rpc.connection

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.ScriptedServer
import io.hypha.rpc.testing.infoOf
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

/** What the log says of a connection that goes and comes. */
class ConnectionLogTest {
    private val lines = mutableListOf<Pair<HyphaLogger.Level, String>>()
    private val doors = Doors()

    private fun loud() = lines.filter { it.first > HyphaLogger.Level.Debug }.map { "${it.first} ${it.second}" }

    private suspend fun TestScope.connected(configure: HyphaOptions.() -> Unit = {}): HyphaConnection {
        val options =
            HyphaOptions().apply {
                coroutineContext = StandardTestDispatcher(testScheduler)
                timeSource = testScheduler.timeSource
                clientId = "alice"
                logger = HyphaLogger { level, message, _ -> lines += level to message }
                configure()
            }
        return HyphaConnection.connect(doors, options, announces = false)
    }

    private suspend fun cut(reason: String) =
        doors.visitors
            .receive()
            .right
            .close(reason)

    @Test
    fun `a connection that is lost and comes back is worth one line for each, and every attempt one at debug`() =
        runTest {
            val alice = connected()
            doors.shut()
            cut("power cut\nat noon")
            alice.state.first { it is ConnectionState.Reconnecting && it.attempt == 4 }
            doors.answer = { infoOf(it.clientId) }
            val server = ScriptedServer(doors.visitors.receive())
            server.answer(server.expectManager("register_service"), null)
            alice.state.first { it is ConnectionState.Connected && it.generation == 2 }
            alice.close()
            alice.awaitClosed()
            val (lost, back) = loud().shouldHaveSize(2)
            lost shouldStartWith "Warn the connection of ws/alice is lost and will be made again, in "
            lost shouldContain "power cut at noon"
            back shouldStartWith "Info the connection of ws/alice is back, with attempt 4 (generation 2)"
            lines.filter { "is not back yet" in it.second }.shouldHaveSize(3)
            lines.last().second shouldContain "ws/alice is closed: its user wanted so"
        }

    @Test
    fun `a connection that is given up ends with one line that says why`() =
        runTest {
            val alice = connected { reconnect = ReconnectPolicy.Never }
            cut("go away")
            alice.awaitClosed()
            loud().shouldContainExactly("Warn the connection of ws/alice has ended for good: Connection lost: go away (code 1000)")
        }

    @Test
    fun `a connection that its user closes is worth no line but at debug`() =
        runTest {
            val alice = connected()
            alice.close()
            alice.awaitClosed()
            loud().shouldContainExactly()
        }
}
