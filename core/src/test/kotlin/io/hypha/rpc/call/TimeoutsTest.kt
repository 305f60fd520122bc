package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.testing.withWatchedClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class TimeoutsTest {
    /** [call] is still waiting one millisecond before [limit] has passed from now, and has timed out then. */
    private suspend fun TestScope.shouldTimeOutAfter(
        limit: Duration,
        call: Deferred<Result<*>>,
    ): CallTimeoutException {
        advanceTimeBy(limit - 1.milliseconds)
        runCurrent()
        call.isCompleted shouldBe false
        advanceTimeBy(1.milliseconds)
        runCurrent()
        call.isCompleted shouldBe true
        return shouldThrow<CallTimeoutException> { call.await().getOrThrow() }
    }

    @Test
    fun `a call times out after exactly the silence that the options allow`() =
        withScriptedPeer({ timeout = 12.seconds }) { alice, peer ->
            val function = functionOf(peer, alice)
            val call = async { runCatching { function() } }
            peer.expect().extra["t"] shouldBe 6.0
            val failure = shouldTimeOutAfter(12.seconds, call)
            failure.message shouldStartWith "Method call timed out: ws/peer:services.s.f"
            (failure as Throwable is CancellationException) shouldBe false
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `a timeout is thirty seconds when nobody says otherwise`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice)
            val call = async { runCatching { function() } }
            peer.expect().extra["t"] shouldBe 15.0
            shouldTimeOutAfter(30.seconds, call)
        }

    @Test
    fun `every heartbeat begins the silence anew`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice)
            val call = async { runCatching { function() } }
            val message = peer.expect()
            repeat(20) {
                advanceTimeBy(29.seconds)
                peer.heartbeat(message)
                runCurrent()
            }
            shouldTimeOutAfter(30.seconds, call)
        }

    @Test
    fun `the silence begins when the message has left, not when the call was made`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function<Unit>("wait") { awaitCancellation() } }
            val service = alice.connection.serviceOf("bob")
            alice.link.block()
            val call = async { runCatching { service.call<Unit>("wait") } }
            advanceTimeBy(10.minutes)
            call.isCompleted shouldBe false
            bob.link.block()
            alice.link.unblock()
            shouldTimeOutAfter(30.seconds, call)
            bob.link.unblock()
            runCurrent()
        }

    @Test
    fun `a handler that works for long is kept by its heartbeats`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("work") {
                    delay(45.minutes)
                    "done"
                }
            }
            alice.serviceOf("bob").call<String>("work") shouldBe "done"
        }

    @Test
    fun `withTimeout limits the whole call whatever the heartbeats say, as the caller's own timeout`() =
        withTwoClients { alice, bob ->
            var isCancelled = false
            bob.provide {
                function<Unit>("work") {
                    try {
                        awaitCancellation()
                    } finally {
                        isCancelled = true
                    }
                }
            }
            val service = alice.serviceOf("bob")
            shouldThrow<TimeoutCancellationException> { withTimeout(5.minutes) { service.call<Unit>("work") } }
            testScheduler.currentTime shouldBe 5.minutes.inWholeMilliseconds
            alice.statistics.sessions shouldBe 0
            runCurrent()
            isCancelled shouldBe true
        }

    @Test
    fun `late replies and stray heartbeats change nothing`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice)
            val call = async { runCatching { function() } }
            val message = peer.expect()
            shouldTimeOutAfter(30.seconds, call)
            peer.heartbeat(message)
            peer.resolve(message, "late")
            peer.reject(message, "late")
            peer.send(peer.main("never.heartbeat", "parent" to "never"))
            val next = async { function("again") }
            val answered = peer.expect()
            answered.args shouldBe listOf("again")
            peer.heartbeat(message)
            peer.resolve(answered, 1)
            peer.heartbeat(answered)
            next.await() shouldBe 1L
        }

    @Test
    fun `a function can have a limit of its own, and so can a service`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice).withTimeout(500.milliseconds)
            val call = async { runCatching { function() } }
            peer.expect().extra["t"] shouldBe 0.25
            shouldTimeOutAfter(500.milliseconds, call)

            val fetching = async { alice.getServiceOf("peer", "s").withTimeout(90.seconds) }
            peer.resolve(peer.expect(), mapOf("id" to "s", "f" to peer.method("services.s.f")))
            val service = fetching.await()
            val second = async { runCatching { service.call<Unit>("f") } }
            peer.expect().extra["t"] shouldBe 45.0
            shouldTimeOutAfter(90.seconds, second)
        }

    @Test
    fun `the items of a stream have the limit of the function that made it`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice).withTimeout(2.seconds)
            val call = async { runCatching { function.stream<Int>().collect {} } }
            val generator = mapOf("_rtype" to "generator", "_rtarget" to "ws/peer", "_rmethod" to "G.next", "_rpromise" to "*")
            peer.resolve(peer.expect(), generator)
            peer.expect().extra["t"] shouldBe 1.0
            shouldTimeOutAfter(2.seconds, call)
        }

    @Test
    fun `an infinite limit waits for ever and asks for a heartbeat every minute`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice).withTimeout(Duration.INFINITE)
            val call = async { function() }
            val message = peer.expect()
            message.extra["t"] shouldBe 60.0
            advanceTimeBy(3.days)
            call.isCompleted shouldBe false
            peer.resolve(message, "at last")
            call.await() shouldBe "at last"
        }

    @Test
    fun `functions of interface objects have ten seconds`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice, peer.method("services._rintf_abc.draw"))
            val call = async { runCatching { function() } }
            peer.expect().extra["t"] shouldBe 5.0
            shouldTimeOutAfter(10.seconds, call)
        }

    @Test
    fun `a limit must be longer than nothing`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice)
            shouldThrow<IllegalArgumentException> { function.withTimeout(Duration.ZERO) }
            shouldThrow<IllegalArgumentException> { function.withTimeout((-1).seconds) }
        }
}
