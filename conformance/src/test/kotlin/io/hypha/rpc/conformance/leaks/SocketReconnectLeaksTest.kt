package io.hypha.rpc.conformance.leaks

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.conformance.faults.Fault
import io.hypha.rpc.conformance.faults.FaultStage
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.leaks.repetitions
import io.hypha.rpc.service.service
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

/** What is left in a client, in the hub and in the system of sockets that were lost, with calls and streams in use. */
class SocketReconnectLeaksTest {
    @Test
    fun `twenty reconnects on real sockets leave nothing, and after each of them everything works`() =
        FaultStage.test(limit = 2.minutes) {
            val proxy = proxy()
            // Each ping is waited for by a coroutine of its own; many would make the count uneven.
            val alice = connect(proxy) { pingInterval = 1.minutes }
            val bob = connect { pingInterval = 1.minutes }
            for (client in listOf(alice, bob)) client.registerService(service())
            val increment = callback { n: Int -> n + 1 }
            val service = alice.getService("${bob.workspace}/${bob.clientId}:svc")
            var generation = 1
            HubEndurance(listOf(alice, bob), atOnce = 1, warmUp = 5).shouldLeaveNothing(repetitions(20)) { number ->
                coroutineScope {
                    val inUse = inUse(number, service["wait"], service["numbers"], alice)
                    repeat(number) { yield() }
                    if (number % 3 == 0) alice.forceReconnect() else proxy.inject(if (number % 3 == 1) Fault.Cut else Fault.Reset)
                    alice.state.first { it == ConnectionState.Connected(generation + 1) }
                    generation++
                    inUse.forEach { it.cancelAndJoin() }
                }
                service.call<Int>("twice", increment, number) shouldBe number + 2
                service.stream<Int>("numbers").first() shouldBe 0
                bob.getService("${alice.workspace}/${alice.clientId}:svc").call<Int>("twice", increment, number) shouldBe number + 2
            }
        }

    private fun service() =
        service("svc") {
            function("twice", param("f"), param("n")) { f: RemoteFunction, n: Int -> f.call<Int>(f.call<Int>(n)) }
            function<RemoteFunction, Unit>("wait", param("f")) { _ -> awaitCancellation() }
            function("numbers") {
                flow {
                    var next = 0
                    while (true) emit(next++)
                }
            }
        }

    /** Calls, callbacks and streams that go on when the link is lost. How they end is for other tests. */
    private fun CoroutineScope.inUse(
        number: Int,
        wait: RemoteFunction,
        numbers: RemoteFunction,
        alice: HyphaConnection,
    ): List<Job> {
        fun using(use: suspend () -> Unit): Job =
            launch {
                try {
                    use()
                } catch (_: HyphaException) {
                    yield()
                }
            }
        return listOf(
            using { wait.call<Unit>(callback { n: Int -> n }) },
            using { numbers.stream<Int>().collect() },
            using { alice.echo(number) },
            using { alice.events("news", subscribed = true).collect() },
        )
    }
}
