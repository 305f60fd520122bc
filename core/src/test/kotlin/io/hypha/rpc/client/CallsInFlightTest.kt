package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.FakeServer
import io.hypha.rpc.testing.withServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Calls that run while the link of one side is lost (protocol §1.12, §10.4). All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class CallsInFlightTest {
    private suspend fun HyphaConnection.awaitBack(generation: Int = 2) {
        state.first { it == ConnectionState.Connected(generation) }
    }

    /** The service `s` of [peer], which is `ws/bob` or another address. */
    private suspend fun HyphaConnection.serviceOf(
        server: FakeServer,
        address: String = "ws/bob",
    ): RemoteService =
        coroutineScope {
            val service = async { getServiceOf(address, "s") { follow = false } }
            val call = server.others.receive()
            server.peer(address).resolve(call, mapOf("id" to "s", "f" to server.peer(address).method("services.s.f")))
            service.await()
        }

    @Test
    fun `a call that runs when the link is lost gets its reply over the next one`() =
        withServer { alice, server ->
            val service = alice.serviceOf(server)
            val call = async { service.call<Int>("f") }
            val sent = server.others.receive()
            server.cut()
            alice.awaitBack()
            server.bob.resolve(sent, 7)
            call.await() shouldBe 7
            // Nothing was sent twice; only the provider was asked whether it is there.
            server.others.receive().method shouldBe "services.built-in.ping"
            server.others.tryReceive().isSuccess shouldBe false
            server.bob.heartbeat(sent)
            // What the probe waits for.
            advanceTimeBy(31.seconds)
        }

    @Test
    fun `each client that owes replies is asked, and the calls of those that stay away fail`() =
        withServer { alice, server ->
            val bob = alice.serviceOf(server)
            val carol = alice.serviceOf(server, "far/carol")
            supervisorScope {
                val lost = List(3) { async { bob.call<Int>("f") } }
                val kept = List(2) { async { carol.call<Int>("f") } }
                val sent = List(5) { server.others.receive() }
                server.cut()
                alice.awaitBack()
                val asked = mutableListOf<String>()
                val answering =
                    launch {
                        for (probe in server.others) {
                            val target = probe.main["to"] as String
                            asked += "$target ${probe.method} at ${currentTime / 1000}"
                            if (target == "ws/bob") {
                                server.bob.reject(probe, "Target peer ws/bob is not connected")
                            } else {
                                server.peer(target).resolve(probe, "pong")
                            }
                        }
                    }
                for (call in lost) {
                    val failure = shouldThrow<PeerGoneException> { call.await() }
                    failure.message shouldBe "Client disconnected: ws/bob"
                    failure.didNotRun shouldBe false
                }
                answering.cancel()
                asked shouldContainExactlyInAnyOrder
                    listOf(0, 1, 3, 7, 10).map { "ws/bob services.built-in.ping at $it" } + "far/carol services.built-in.ping at 0"
                for (call in sent) if (call.main["to"] == "far/carol") server.peer("far/carol").resolve(call, 1)
                kept.forEach { it.await() shouldBe 1 }
            }
        }

    @Test
    fun `a provider that comes back after its caller is in time with its reply`() =
        withServer { alice, server ->
            val service = alice.serviceOf(server)
            val call = async { service.call<Int>("f") }
            val sent = server.others.receive()
            server.cut()
            alice.awaitBack()
            repeat(2) { server.bob.reject(server.others.receive(), "Target peer ws/bob is not connected") }
            server.bob.resolve(server.others.receive(), "pong")
            server.bob.resolve(sent, 7)
            call.await() shouldBe 7
            advanceTimeBy(60.seconds)
            server.others.tryReceive().isSuccess shouldBe false
        }

    @Test
    fun `what is lent to a client stays there while that may still be coming back as well`() =
        withServer { alice, server ->
            val service = alice.serviceOf(server)
            val call = async { service.call<Int>("f", interfaceObject { function("g") { 1 } }) }
            val sent = server.others.receive()
            server.cut()
            alice.awaitBack()
            server.bob.reject(server.others.receive(), "Target peer ws/bob is not connected")
            server.bob.resolve(server.others.receive(), "pong")
            server.bob.resolve(sent, 7)
            call.await() shouldBe 7
            alice.statistics.interfaceObjects shouldBe 1
            advanceTimeBy(10.seconds)
            supervisorScope {
                val ping = async { alice.ping("bob") }
                server.bob.reject(server.others.receive(), "Target peer ws/bob is not connected")
                shouldThrow<PeerGoneException> { ping.await() }
            }
            alice.statistics.interfaceObjects shouldBe 0
        }

    @Test
    fun `a call whose reply was lost with the link ends when its provider is silent for as long as ever`() =
        withServer { alice, server ->
            val service = alice.serviceOf(server)
            supervisorScope {
                val call = async { service.call<Int>("f") }
                server.others.receive()
                advanceTimeBy(10.seconds)
                server.cut()
                alice.awaitBack()
                server.bob.resolve(server.others.receive(), "pong")
                shouldThrow<CallTimeoutException> { call.await() }
                currentTime shouldBe 30_000
            }
        }

    private suspend fun FakeServer.leaves(id: String) {
        bob.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to id, "workspace" to "ws")))
    }

    private fun slow(
        result: CompletableDeferred<String>,
        ended: CompletableDeferred<String>,
        id: String = "slow",
    ) = service(id) {
        function("f") {
            try {
                result.await()
            } finally {
                ended.complete("ended")
            }
        }
    }

    @Test
    fun `a handler replies after an outage of any length, and its call is kept alive meanwhile`() =
        withServer({ reconnectWait = Duration.ZERO }) { alice, server ->
            val first = CompletableDeferred<String>()
            val second = CompletableDeferred<String>()
            alice.registerService(slow(first, CompletableDeferred()))
            alice.registerService(
                service("failing") {
                    function<Any?>("f") {
                        second.await()
                        error("on purpose")
                    }
                },
            )
            server.bob.call("services.slow.f", session = "B1", extra = mapOf("promise" to "*", "t" to 5.0))
            server.bob.call("services.failing.f", session = "B2")
            runCurrent()
            server.shut()
            server.cut()
            advanceTimeBy(600.seconds)
            second.complete("")
            runCurrent()
            server.reopen()
            alice.awaitBack()
            server.others.receive().method shouldBe "B2.reject"
            server.others.receive().method shouldBe "B1.heartbeat"
            first.complete("done")
            server.others.receive().method shouldBe "B1.resolve"
        }

    @Test
    fun `a caller that is gone for a moment gets its reply when it is heard of again`() =
        withServer { alice, server ->
            val result = CompletableDeferred<String>()
            alice.registerService(slow(result, CompletableDeferred()))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            runCurrent()
            result.complete("done")
            advanceTimeBy(500)
            // It would be lost now.
            server.others.tryReceive().isSuccess shouldBe false
            server.bob.call("services.built-in.ping", listOf("ping"), session = "B2")
            List(2) { server.others.receive().method }.sorted() shouldContainExactly listOf("B1.resolve", "B2.resolve")
            currentTime shouldBe 500
        }

    @Test
    fun `a caller that comes back without a word is asked, and gets its reply`() =
        withServer { alice, server ->
            val result = CompletableDeferred<String>()
            alice.registerService(slow(result, CompletableDeferred()))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            runCurrent()
            result.complete("done")
            val first = server.others.receive()
            currentTime shouldBe 1000
            server.bob.reject(first, "Target peer ws/bob is not connected")
            val second = server.others.receive()
            currentTime shouldBe 3000
            server.bob.resolve(second, "pong")
            server.others.receive().method shouldBe "B1.resolve"
        }

    @Test
    fun `a caller that stays away has its calls cancelled after the grace`() =
        withServer { alice, server ->
            val ended = CompletableDeferred<String>()
            alice.registerService(slow(CompletableDeferred(), ended))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            val asked = mutableListOf<Long>()
            val refusing =
                async {
                    while (true) {
                        val ping = server.others.receive()
                        if (ping.method.endsWith("ping")) asked += currentTime
                        if ("session" in ping.main) server.bob.reject(ping, "Target peer ws/bob is not connected")
                    }
                }
            advanceTimeBy(9.seconds)
            ended.isCompleted shouldBe false
            ended.await()
            currentTime shouldBe 10_000
            asked shouldContainExactly listOf(1000L, 3000L, 7000L, 10_000L)
            refusing.cancel()
        }

    @Test
    fun `without a grace they are cancelled at once`() =
        withServer({ callerGrace = Duration.ZERO }) { alice, server ->
            val ended = CompletableDeferred<String>()
            alice.registerService(slow(CompletableDeferred(), ended))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            ended.await()
            currentTime shouldBe 0
            server.others.tryReceive().isSuccess shouldBe false
        }

    @Test
    fun `a caller that is back for a moment only, and leaves again, is waited for anew`() =
        withServer { alice, server ->
            val result = CompletableDeferred<String>()
            alice.registerService(slow(result, CompletableDeferred()))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            server.others.receive().method shouldBe "services.built-in.ping"
            server.bob.call("services.built-in.ping", listOf("ping"), session = "B2")
            server.others.receive().method shouldBe "B2.resolve"
            server.leaves("bob")
            result.complete("done")
            runCurrent()
            server.others.tryReceive().isSuccess shouldBe false
            server.bob.resolve(server.others.receive(), "pong")
            server.others.receive().method shouldBe "B1.resolve"
        }

    @Test
    fun `two calls that a careless caller sends with the same session both end with it`() =
        withServer({ callerGrace = Duration.ZERO }) { alice, server ->
            val ended = List(3) { CompletableDeferred<String>() }
            ended.forEachIndexed { index, end -> alice.registerService(slow(CompletableDeferred(), end, "slow$index")) }
            for (index in ended.indices) server.bob.call("services.slow$index.f", session = "B1")
            runCurrent()
            alice.statistics.incomingCalls shouldBe 3
            server.leaves("bob")
            ended.forEach { it.await() }
            runCurrent()
            alice.statistics.incomingCalls shouldBe 0
        }

    @Test
    fun `a caller that gives up while it is away needs no reply`() =
        withServer { alice, server ->
            val ended = CompletableDeferred<String>()
            alice.registerService(slow(CompletableDeferred(), ended))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            runCurrent()
            alice.unregisterService("slow")
            ended.isCompleted shouldBe false
            alice.close()
            ended.await()
            currentTime shouldBe 0
        }

    @Test
    fun `a handler that runs on while its caller is away may fail`() =
        withServer { alice, server ->
            val result = CompletableDeferred<String>()
            alice.registerService(slow(result, CompletableDeferred()))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            runCurrent()
            result.completeExceptionally(IllegalStateException("on purpose"))
            runCurrent()
            server.others.tryReceive().isSuccess shouldBe false
            server.bob.call("services.built-in.ping", listOf("ping"), session = "B2")
            List(2) { server.others.receive().method }.sorted() shouldContainExactly listOf("B1.reject", "B2.resolve")
        }

    @Test
    fun `a failure that waits for a caller who is away does not outlive the connection`() =
        withServer { alice, server ->
            val result = CompletableDeferred<String>()
            alice.registerService(slow(result, CompletableDeferred()))
            server.bob.call("services.slow.f", session = "B1")
            runCurrent()
            server.leaves("bob")
            runCurrent()
            result.completeExceptionally(IllegalStateException("on purpose"))
            runCurrent()
            alice.statistics.incomingCalls shouldBe 1
            alice.close()
            runCurrent()
            alice.statistics.incomingCalls shouldBe 0
            server.others.tryReceive().isSuccess shouldBe false
        }

    @Test
    fun `a call that never ends does not keep a caller waiting that is back`() =
        withServer { alice, server ->
            alice.registerService(service("endless") { function<Any?>("f") { awaitCancellation() } })
            server.bob.call("services.endless.f", session = "B1", extra = mapOf("promise" to "*", "t" to 5.0))
            runCurrent()
            server.leaves("bob")
            runCurrent()
            server.bob.call("services.built-in.ping", listOf("ping"), session = "B2")
            advanceTimeBy(20.seconds)
            alice.statistics.incomingCalls shouldBe 1
            server.others
                .tryReceive()
                .getOrNull()
                ?.method shouldBe "B2.resolve"
            server.others
                .tryReceive()
                .getOrNull()
                ?.method shouldBe "B1.heartbeat"
            server.leaves("bob")
            advanceTimeBy(60.seconds)
            alice.statistics.incomingCalls shouldBe 0
        }
}
