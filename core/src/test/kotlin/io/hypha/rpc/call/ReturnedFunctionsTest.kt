package io.hypha.rpc.call

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Functions that come as results (protocol §3.3, §3.9). */
@OptIn(ExperimentalCoroutinesApi::class)
class ReturnedFunctionsTest {
    private val maker =
        service("maker") {
            function("counter") {
                var count = 0
                callback { by: Int -> count.also { count += by } + by }
            }
            function("pair") { mapOf("plus" to callback { a: Int, b: Int -> a + b }, "minus" to callback { a: Int, b: Int -> a - b }) }
            function("nested") { callback0 { callback0 { "inside" } } }
            function("bad") { listOf(callback0 { 1 }, Any()) }
            function("collect", param("make")) { make: RemoteFunction ->
                val made = make.call<RemoteFunction>("m")
                List(2) { made.call<String>() }
            }
        }

    @Test
    fun `a returned function lives on after the call and keeps its state`() =
        withTwoClients { alice, bob ->
            bob.provideService(maker)
            val counter = alice.getServiceOf("bob", "maker").call<RemoteFunction>("counter")
            counter.call<Int>(1) shouldBe 1
            counter.call<Int>(5) shouldBe 6
            bob.statistics.sessions shouldBe 1
            delay(20.minutes)
        }

    @Test
    fun `functions of one result share their session`() =
        withTwoClients { alice, bob ->
            bob.provideService(maker)
            val pair = alice.getServiceOf("bob", "maker").call<Map<String, RemoteFunction>>("pair")
            pair.getValue("plus").call<Int>(5, 3) shouldBe 8
            pair.getValue("minus").call<Int>(5, 3) shouldBe 2
            bob.statistics.sessions shouldBe 1
            delay(20.minutes)
        }

    @Test
    fun `a returned function expires after ten idle minutes, counted from its last use`() =
        withTwoClients { alice, bob ->
            bob.provideService(maker)
            val counter = alice.getServiceOf("bob", "maker").call<RemoteFunction>("counter")
            repeat(5) {
                delay(9.minutes)
                counter.call<Int>(1) shouldBe it + 1
            }
            delay(16.minutes)
            bob.statistics.sessions shouldBe 0
            shouldThrow<MethodNotFoundException> { counter.call<Int>(1) }.message shouldStartWith "Session not found: ws/alice:"
        }

    @Test
    fun `who wants functions to expire sooner, has them expire sooner`() =
        withTwoClients({ idleSession = 10.seconds }) { alice, bob ->
            bob.provideService(maker)
            alice.getServiceOf("bob", "maker").call<RemoteFunction>("counter")
            delay(16.seconds)
            bob.statistics.sessions shouldBe 0
        }

    @Test
    fun `a returned function may return functions`() =
        withTwoClients { alice, bob ->
            bob.provideService(maker)
            val outer = alice.getServiceOf("bob", "maker").call<RemoteFunction>("nested")
            outer.call<RemoteFunction>().call<String>() shouldBe "inside"
            delay(20.minutes)
        }

    @Test
    fun `a result that cannot be sent keeps none of its functions`() =
        withTwoClients { alice, bob ->
            bob.provideService(maker)
            val failure = shouldThrow<RemoteException> { alice.getServiceOf("bob", "maker").call<Any?>("bad") }
            failure.remoteType shouldBe "TypeError"
            failure.remoteMessage shouldStartWith "result[1]: "
        }

    @Test
    fun `a function returned by a callback lives as long as the call that the callback came with`() =
        withTwoClients { alice, bob ->
            bob.provideService(maker)
            val make = callback { name: String -> callback0 { "made $name" } }
            alice.getServiceOf("bob", "maker").call<List<String>>("collect", make) shouldBe listOf("made m", "made m")
        }

    @Test
    fun `a foreign caller uses a returned function with or without a session of its own as parent`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(maker)
            peer.call("services.maker.counter")
            val method = peer.expectResult() as Map<*, *>
            method["_rtype"] shouldBe "method"
            method["_rtarget"] shouldBe "ws/alice"
            method["_rpromise"] shouldBe "*"
            method["_rserver"] shouldBe "http://127.0.0.1:1"
            val path = method["_rmethod"] as String
            peer.call(path, listOf(1), session = "P2")
            peer.expectResult("P2") shouldBe 1
            peer.call(path, listOf(1), session = "P3", parent = path.substringBefore('.'))
            peer.expectResult("P3") shouldBe 2
            delay(20.minutes)
        }

    private suspend fun ScriptedPeer.leaves() {
        send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
    }

    @Test
    fun `the functions that a client was given stay for one that comes back, and go with one that stays away`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(maker)
            peer.call("services.maker.counter")
            val path = (peer.expectResult() as Map<*, *>)["_rmethod"] as String
            peer.leaves()
            runCurrent()
            alice.statistics.sessions shouldBe 1
            peer.call(path, listOf(1), session = "P2")
            peer.expectResult("P2") shouldBe 1
            delay(1.minutes)
            alice.statistics.sessions shouldBe 1
            peer.leaves()
            repeat(4) { peer.reject(peer.expect(), "Target peer ws/peer is not connected") }
            runCurrent()
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `without a grace they go at once`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            alice.provideService(maker)
            peer.call("services.maker.counter")
            peer.expectResult()
            peer.leaves()
            runCurrent()
            alice.statistics.sessions shouldBe 0
        }
}
