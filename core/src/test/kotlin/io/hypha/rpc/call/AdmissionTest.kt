package io.hypha.rpc.call

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.withRelay
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** How many calls of others a client takes at a time. */
@OptIn(ExperimentalCoroutinesApi::class)
class AdmissionTest {
    private val gate = CompletableDeferred<Unit>()

    private fun held(gate: Deferred<Unit> = this.gate): Service =
        service("s") {
            function("hold", param("data", default = null)) { data: ByteArray? ->
                gate.await()
                data?.size ?: 0
            }
            function("tell", param("f")) { f: RemoteFunction -> f.call<String>() }
        }

    private fun TestScope.holdAll(
        service: RemoteService,
        count: Int,
        size: Int = 0,
    ): List<Deferred<Int>> = List(count) { async { service.call<Int>("hold", ByteArray(size)) } }.also { runCurrent() }

    @Test
    fun `calls beyond the number are refused by name and those before them still end`() =
        withTwoClients({ maxIncomingCalls = 3 }) { alice, bob ->
            bob.provideService(held())
            val service = alice.getServiceOf("bob", "s")
            val holding = holdAll(service, 3)
            val failure = shouldThrow<OverloadedException> { service.call<Int>("hold") }
            failure.message shouldBe "ws/bob has too many calls to serve; call again later"
            bob.statistics.incomingCalls shouldBe 3
            gate.complete(Unit)
            holding.awaitAll() shouldBe listOf(0, 0, 0)
            service.call<Int>("hold") shouldBe 0
        }

    @Test
    fun `calls that hold more bytes than allowed are refused by name`() =
        withTwoClients({ maxIncomingBytes = 10_000 }) { alice, bob ->
            bob.provideService(held())
            val service = alice.getServiceOf("bob", "s")
            val holding = holdAll(service, 1, size = 8000)
            shouldThrow<OverloadedException> { service.call<Int>("hold", ByteArray(2000)) }
            val small = holdAll(service, 2, size = 10)
            bob.statistics.incomingCalls shouldBe 3
            gate.complete(Unit)
            (holding + small).awaitAll() shouldBe listOf(8000, 10, 10)
        }

    @Test
    fun `a single call is taken however large`() =
        withTwoClients({ maxIncomingBytes = 1000 }) { alice, bob ->
            bob.provideService(held())
            val service = alice.getServiceOf("bob", "s")
            val holding = holdAll(service, 1, size = 100_000)
            shouldThrow<OverloadedException> { service.call<Int>("hold") }
            gate.complete(Unit)
            holding.awaitAll() shouldBe listOf(100_000)
        }

    @Test
    fun `callbacks, replies and built-in functions pass a client that is full`() =
        withTwoClients({ maxIncomingCalls = 1 }) { alice, bob ->
            alice.provideService(held())
            bob.provideService(held())
            val here = bob.getServiceOf("alice", "s")
            val there = alice.getServiceOf("bob", "s")
            val holding = holdAll(here, 1)
            shouldThrow<OverloadedException> { here.call<Int>("hold") }
            there.call<String>("tell", callback0<String> { "told" }) shouldBe "told"
            bob.ping("alice")
            bob.getServiceOf("alice", "s").id shouldBe here.id
            gate.complete(Unit)
            holding.awaitAll()
        }

    @Test
    fun `a long message passes a client that is full, and is then refused like any other call`() =
        withTwoClients({ maxIncomingCalls = 1 }) { alice, bob ->
            bob.provideService(held())
            val service = alice.getServiceOf("bob", "s")
            val holding = holdAll(service, 1)
            shouldThrow<OverloadedException> { service.call<Int>("hold", ByteArray(600_000)) }
            gate.complete(Unit)
            holding.awaitAll()
            service.call<Int>("hold", ByteArray(600_000)) shouldBe 600_000
        }

    @Test
    fun `calls that fail or are not found give their place back`() =
        withTwoClients({ maxIncomingCalls = 1 }) { alice, bob ->
            bob.provideService(service("s") { function("fail", param("n")) { n: Int -> check(n < 0) { "no luck" } } })
            val service = alice.getServiceOf("bob", "s")
            repeat(3) { shouldThrow<RemoteException> { service.call<Unit>("fail", 1) }.remoteType shouldBe "IllegalStateException" }
            repeat(3) { shouldThrow<RemoteException> { service.call<Unit>("fail", "x") }.remoteType shouldBe "TypeError" }
        }

    @Test
    fun `a provider whose own helper is full did run`() =
        withRelay { relay ->
            val alice = relay.client("ws/alice")
            val bob = relay.client("ws/bob")
            val carol = relay.client("ws/carol") { maxIncomingCalls = 1 }
            carol.provideService(held())
            val helper = bob.getServiceOf("carol", "s")
            bob.provideService(service("front") { function("ask") { helper.call<Int>("hold") } })
            val holding = holdAll(helper, 1)
            val failure = shouldThrow<RemoteException> { alice.getServiceOf("bob", "front").call<Int>("ask") }
            failure.message shouldBe "OverloadedError: ws/carol has too many calls to serve; call again later"
            gate.complete(Unit)
            holding.awaitAll()
        }
}
