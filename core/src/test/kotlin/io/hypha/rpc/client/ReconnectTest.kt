package io.hypha.rpc.client

import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.ScriptedServer
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

@OptIn(ExperimentalCoroutinesApi::class)
class ReconnectTest {
    @Test
    fun `a lost link comes back with all services in their order, and calls that were made meanwhile run`() =
        runTest {
            val doors = Doors()
            val options =
                HyphaOptions().apply {
                    coroutineContext = StandardTestDispatcher(testScheduler)
                    timeSource = testScheduler.timeSource
                }
            val alice = HyphaConnection.connect(doors, options, announces = false)
            val first = doors.visitors.receive()
            val server = ScriptedServer(first)
            val registered = launch { alice.registerService(service("svc") { function("f") { 1 } }) }
            server.answer(server.expectManager("register_service"), null)
            registered.join()
            doors.shut()
            first.right.close("gone")
            runCurrent()
            (alice.state.value as ConnectionState.Reconnecting).attempt shouldBe 2
            val echo = async { alice.echo("hello") }
            runCurrent()
            doors.answer = {
                io.hypha.rpc.testing
                    .infoOf(it.clientId)
            }
            val again = ScriptedServer(doors.visitors.receive())
            for (id in listOf("built-in", "svc")) {
                val call = again.expectManager("register_service")
                ((call.args.first() as Map<*, *>)["id"] as String).substringAfter(':') shouldBe id
                again.answer(call, null)
            }
            alice.state.first { it is ConnectionState.Connected } shouldBe ConnectionState.Connected(2)
            again.answer(again.expectManager("echo"), "hello")
            echo.await() shouldBe "hello"
            alice.close()
            alice.awaitClosed()
        }
}
