package io.hypha.rpc.call

import io.hypha.rpc.service.service
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import org.junit.jupiter.api.Test
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** Whoever reads the connection runs nothing of a user's and waits for nobody. */
class ReaderTest {
    @Test
    fun `handlers and callbacks that never end hold up neither calls nor replies nor each other`() =
        withScriptedPeer(leavesNothing = false) { alice, peer ->
            alice.provideService(
                service("s") {
                    function("stuck") { awaitCancellation() as Unit }
                    function("quick") { "quick" }
                },
            )
            repeat(10) { peer.call("services.s.stuck", session = "S$it", extra = mapOf("promise" to "*", "t" to 1e6)) }
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", callback { n: Int -> if (n > 0) n else awaitCancellation() as Int }) }
            val call = peer.expect()
            val path = (call.args[0] as Map<*, *>)["_rmethod"] as String
            for (n in listOf(0, 0, 5)) peer.call(path, listOf(n), session = "C$n", parent = call.session)
            peer.expectResult("C5") shouldBe 5
            peer.call("services.s.quick")
            peer.expectResult() shouldBe "quick"
            peer.resolve(call, 7)
            result.await() shouldBe 7
            alice.statistics.incomingCalls shouldBe 12
        }

    @Test
    fun `a handler that blocks its thread does not keep others from arriving`() {
        val latch = CountDownLatch(1)
        withScriptedPeer({ coroutineContext = Dispatchers.Default }, leavesNothing = false) { alice, peer ->
            alice.provideService(
                service("s") {
                    function("block") { latch.await(10, TimeUnit.SECONDS) }
                    function("release") { latch.countDown() }
                },
            )
            peer.call("services.s.block", session = "P1")
            peer.call("services.s.release", session = "P2")
            val replies = List(2) { peer.expect() }.associate { it.method to it.args.single() }
            replies shouldBe mapOf("P1.resolve" to true, "P2.resolve" to null)
        }
    }

    @Test
    fun `a callback that blocks its thread does not keep the reply from arriving`() {
        val latch = CountDownLatch(1)
        withScriptedPeer({ coroutineContext = Dispatchers.Default }, leavesNothing = false) { alice, peer ->
            val service = peer.give(alice, "f", "g")
            val begun = CompletableDeferred<Unit>()
            val blocks =
                callback0<Boolean> {
                    begun.complete(Unit)
                    latch.await(10, TimeUnit.SECONDS)
                }
            val slow = async { service.call<Int>("f", blocks) }
            val call = peer.expect()
            peer.call((call.args[0] as Map<*, *>)["_rmethod"] as String, parent = call.session)
            begun.await()
            val quick = async { service.call<Int>("g") }
            peer.resolve(peer.expect(), 1)
            quick.await() shouldBe 1
            latch.countDown()
            peer.expectResult() shouldBe true
            peer.resolve(call, 2)
            slow.await() shouldBe 2
        }
    }
}
