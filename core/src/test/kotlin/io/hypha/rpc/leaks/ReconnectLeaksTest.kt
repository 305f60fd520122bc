package io.hypha.rpc.leaks

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.jvm.implement
import io.hypha.rpc.jvm.proxy
import io.hypha.rpc.service.service
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** What is left of links that were lost, with everything that a client may have in use at that moment. */
@OptIn(ExperimentalCoroutinesApi::class)
class ReconnectLeaksTest {
    internal interface Adder {
        suspend fun add(
            a: Int,
            b: Int,
        ): Int
    }

    private class PlainAdder : Adder {
        override suspend fun add(
            a: Int,
            b: Int,
        ) = a + b
    }

    private suspend fun TestScope.connect(
        server: CuttableServer,
        id: String,
    ): HyphaConnection {
        val options =
            HyphaOptions().apply {
                clientId = id
                coroutineContext = StandardTestDispatcher(testScheduler)
                timeSource = testScheduler.timeSource
                messageRate = 0.0
            }
        return HyphaConnection.connect(server, options)
    }

    private suspend fun HyphaConnection.awaitGeneration(generation: Int) {
        state.first { it == ConnectionState.Connected(generation) }
    }

    private fun withServer(test: suspend TestScope.(server: CuttableServer, alice: HyphaConnection, bob: HyphaConnection) -> Unit) =
        runTest {
            val server = CuttableServer(backgroundScope)
            val alice = connect(server, "alice")
            val bob = connect(server, "bob")
            for (client in listOf(alice, bob)) {
                client.registerService(
                    service("svc") {
                        implement<Adder>(PlainAdder())
                        function("twice", param("f"), param("n")) { f: RemoteFunction, n: Int -> f.call<Int>(f.call<Int>(n)) }
                        function("numbers") {
                            flow {
                                var next = 0
                                while (true) emit(next++)
                            }
                        }
                        function<RemoteFunction, Unit>("wait", param("f")) { _ -> awaitCancellation() }
                    },
                )
            }
            try {
                test(server, alice, bob)
            } finally {
                alice.close()
                bob.close()
                alice.awaitClosed()
                bob.awaitClosed()
            }
            runCurrent()
            server.size shouldBe 0
        }

    @Test
    fun `a thousand reconnects leave nothing, and after each of them everything works`() =
        withServer { server, alice, bob ->
            val increment = callback { n: Int -> n + 1 }
            val service = alice.getServiceOf("bob", "svc")
            val adder = service.proxy<Adder>()
            var heard = 0
            alice.on("news") { heard++ }
            alice.manager.subscribe("news")
            val both = listOf(alice, bob)
            val generations = mutableMapOf("alice" to 1, "bob" to 1)
            Endurance(this, both, { delay(2.hours) }, atOnce = 1, warmUp = 50).shouldLeaveNothing(repetitions(1000)) { number ->
                val lost = if (number % 2 == 0) "alice" else "bob"
                val inUse = inUse(number, alice, bob)
                repeat(number % MOMENTS) { yield() }
                server.cut(lost)
                generations[lost] = generations.getValue(lost) + 1
                runCurrent()
                both.forEach { it.awaitGeneration(generations.getValue(it.clientId)) }
                inUse.forEach { it.cancelAndJoin() }
                val before = heard
                service.call<Int>("twice", increment, number) shouldBe number + 2
                bob.getServiceOf("alice", "svc").call<Int>("add", number, 1) shouldBe number + 1
                adder.add(number, 2) shouldBe number + 2
                service.stream<Int>("numbers").first() shouldBe 0
                bob.emit("news", number, to = "alice")
                runCurrent()
                heard shouldBe before + 1
                // A link that lasts for less is no success, and the next one would be longer in coming.
                delay(6.seconds)
            }
        }

    /** Calls, callbacks and streams that go on when the link is lost. How they end is for other tests. */
    private fun TestScope.inUse(
        number: Int,
        alice: HyphaConnection,
        bob: HyphaConnection,
    ): List<Job> {
        val callback = callback { n: Int -> n }

        fun using(use: suspend () -> Unit): Job =
            launch {
                try {
                    use()
                } catch (_: HyphaException) {
                    yield()
                }
            }
        return listOf(
            using { alice.getServiceOf("bob", "svc").call<Unit>("wait", callback) },
            using { bob.getServiceOf("alice", "svc").call<Unit>("wait", callback) },
            using { alice.getServiceOf("bob", "svc").stream<Int>("numbers").collect { delay(1.seconds) } },
            using { alice.getServiceOf("bob", "svc").call<Int>("twice", callback, number) },
            using { alice.events("news", subscribed = true).collect() },
        )
    }

    private companion object {
        const val MOMENTS = 30
    }
}
