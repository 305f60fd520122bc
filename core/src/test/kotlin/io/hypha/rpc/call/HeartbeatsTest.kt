package io.hypha.rpc.call

import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** What a caller of another make hears while its call runs here. */
@OptIn(ExperimentalCoroutinesApi::class)
class HeartbeatsTest {
    private val gate = CompletableDeferred<Unit>()

    /** A peer and a client whose only function ends when the gate opens. */
    private fun withWaitingService(test: suspend TestScope.(peer: ScriptedPeer) -> Unit) =
        withScriptedPeer { alice, peer ->
            alice.provide {
                function("wait") { gate.await() }
                function("quick") { "done" }
            }
            test(peer)
        }

    private suspend fun TestScope.expectAt(
        peer: ScriptedPeer,
        milliseconds: Long,
        method: String,
    ): Message {
        val message = peer.expect()
        message.method shouldBe method
        currentTime shouldBe milliseconds
        return message
    }

    private suspend fun TestScope.shouldEndNow(
        peer: ScriptedPeer,
        session: String,
    ) {
        gate.complete(Unit)
        peer.expect().method shouldBe "$session.resolve"
        advanceTimeBy(1.hours)
        peer.call("services.svc.quick", session = "Z")
        peer.expect().method shouldBe "Z.resolve"
    }

    @Test
    fun `beats come every t seconds, the first after one interval, and end with the reply`() =
        withWaitingService { peer ->
            // Half of a timeout of thirty seconds: `15` from JavaScript, `15.0` from Python.
            peer.call("services.svc.wait", extra = mapOf("promise" to "*", "t" to 15))
            val beat = expectAt(peer, 15_000, "P1.heartbeat")
            beat.main shouldBe
                mapOf("type" to "method", "from" to "ws/alice", "to" to "ws/peer", "method" to "P1.heartbeat", "parent" to "P1")
            beat.args shouldBe emptyList()
            expectAt(peer, 30_000, "P1.heartbeat")
            expectAt(peer, 45_000, "P1.heartbeat")
            shouldEndNow(peer, "P1")
        }

    @Test
    fun `Python's times are floats`() =
        withWaitingService { peer ->
            peer.call("services.svc.wait", extra = mapOf("promise" to "*", "t" to 5.0))
            expectAt(peer, 5_000, "P1.heartbeat")
            expectAt(peer, 10_000, "P1.heartbeat")
            shouldEndNow(peer, "P1")
        }

    @Test
    fun `the explicit form of the promise names the function and the interval`() =
        withWaitingService { peer ->
            fun method(name: String) = peer.method("P1.$name", "_rtarget" to "peer", "_rpromise" to false)
            val promise =
                mapOf("heartbeat" to method("beat"), "interval" to 7.5, "resolve" to method("resolve"), "reject" to method("reject"))
            peer.call("services.svc.wait", extra = mapOf("promise" to promise))
            val beat = expectAt(peer, 7_500, "P1.beat")
            beat.main["to"] shouldBe "ws/peer"
            expectAt(peer, 15_000, "P1.beat")
            shouldEndNow(peer, "P1")
        }

    @Test
    fun `an explicit promise without a heartbeat gets none`() =
        withWaitingService { peer ->
            fun method(name: String) = peer.method("P1.$name", "_rtarget" to "peer", "_rpromise" to false)
            val promise = mapOf("interval" to 1, "resolve" to method("resolve"), "reject" to method("reject"))
            peer.call("services.svc.wait", extra = mapOf("promise" to promise))
            advanceTimeBy(10.seconds)
            shouldEndNow(peer, "P1")
        }

    @Test
    fun `a caller that does not say how often hears every fifteen seconds`() =
        withWaitingService { peer ->
            peer.call("services.svc.wait", extra = mapOf("promise" to "*"))
            expectAt(peer, 15_000, "P1.heartbeat")
            shouldEndNow(peer, "P1")
        }

    @Test
    fun `absurd intervals are bounded`() =
        withWaitingService { peer ->
            peer.call("services.svc.wait", session = "P1", extra = mapOf("promise" to "*", "t" to -3))
            peer.call("services.svc.wait", session = "P2", extra = mapOf("promise" to "*", "t" to Double.NaN))
            peer.call("services.svc.wait", session = "P3", extra = mapOf("promise" to "*", "t" to Double.POSITIVE_INFINITY))
            val first = listOf(peer.expect().method, peer.expect().method)
            currentTime shouldBe 15_000
            first.toSet() shouldBe setOf("P1.heartbeat", "P2.heartbeat")
            peer.call("services.svc.wait", session = "P4", extra = mapOf("promise" to "*", "t" to 0.000001))
            expectAt(peer, 15_050, "P4.heartbeat")
            gate.complete(Unit)
            List(4) { peer.expect().method }.toSet() shouldBe (1..4).map { "P$it.resolve" }.toSet()
        }

    @Test
    fun `a quick call sends no beat`() =
        withWaitingService { peer ->
            peer.call("services.svc.quick")
            peer.expect().method shouldBe "P1.resolve"
            advanceTimeBy(1.hours)
            peer.call("services.svc.quick", session = "P2")
            peer.expect().method shouldBe "P2.resolve"
        }

    @Test
    fun `no beat for a call that expects no reply`() =
        withWaitingService { peer ->
            peer.call("services.svc.wait", extra = emptyMap())
            advanceTimeBy(1.hours)
            peer.call("services.svc.quick", session = "P2")
            peer.expect().method shouldBe "P2.resolve"
            gate.complete(Unit)
        }

    /** Runs nothing until it is told to: an executor that is busy with something else. */
    private class BusyExecutor : CoroutineDispatcher() {
        private val waiting = ArrayDeque<Runnable>()

        override fun dispatch(
            context: CoroutineContext,
            block: Runnable,
        ) {
            waiting.addLast(block)
        }

        fun runWaiting() = waiting.removeFirst().run()
    }

    @Test
    fun `beats count from the receipt, not from the start of the handler`() =
        withScriptedPeer { alice, peer ->
            val executor = BusyExecutor()
            var begun = false
            alice.provide {
                coroutineContext = executor
                function("slowly") { begun = true }
            }
            peer.call("services.svc.slowly", extra = mapOf("promise" to "*", "t" to 2.0))
            expectAt(peer, 2_000, "P1.heartbeat")
            expectAt(peer, 4_000, "P1.heartbeat")
            begun shouldBe false
            executor.runWaiting()
            expectAt(peer, 4_000, "P1.resolve")
        }

    @Test
    fun `a call that fails or is refused stops beating as well`() =
        withWaitingService { peer ->
            peer.call("services.svc.none", session = "P1", extra = mapOf("promise" to "*", "t" to 1))
            peer.call("services.svc.quick", listOf(1), session = "P2", extra = mapOf("promise" to "*", "t" to 1))
            peer.call("lost.callback", session = "P3", extra = mapOf("promise" to "*", "t" to 1))
            peer.call("single", session = "P4", extra = mapOf("promise" to "*", "t" to 1))
            runCurrent()
            List(4) { peer.expect().method }.sorted() shouldContainExactly List(4) { "P${it + 1}.reject" }
            advanceTimeBy(1.hours)
            peer.call("services.svc.quick", session = "Z")
            peer.expect().method shouldBe "Z.resolve"
        }
}
