package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Waiting for one event (feature F4), in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class WaitForTest {
    @Test
    fun `the first event that fits is returned, and those before it are passed over`() =
        withScriptedPeer { alice, _ ->
            val event = async(start = CoroutineStart.UNDISPATCHED) { alice.waitFor("x", 10.seconds) { it.data == 2 } }
            repeat(4) { alice.emit("x", it) }
            event.await().data shouldBe 2
            currentTime shouldBe 0L
        }

    @Test
    fun `an event from before does not count`() =
        withScriptedPeer { alice, _ ->
            alice.on("x") {}
            alice.emit("x", 1)
            val event = async(start = CoroutineStart.UNDISPATCHED) { alice.waitFor("x", 10.seconds) }
            runCurrent()
            alice.emit("x", 2)
            event.await().data shouldBe 2
        }

    @Test
    fun `time that is up is an exception of this library that names the event`() =
        withScriptedPeer { alice, _ ->
            supervisorScope {
                val event = async { alice.waitFor("x", 10.seconds) { it.data == 2 } }
                runCurrent()
                alice.emit("x", 1)
                shouldThrow<CallTimeoutException> { event.await() }.message shouldBe "No event 'x' that was waited for came within 10s"
                currentTime shouldBe 10_000L
            }
            shouldThrow<IllegalArgumentException> { alice.waitFor("x", Duration.ZERO) }
        }

    @Test
    fun `a timeout around it stays a cancellation`() =
        withScriptedPeer { alice, _ ->
            shouldThrow<TimeoutCancellationException> { withTimeout(1.seconds) { alice.waitFor("x", Duration.INFINITE) } }
            shouldThrow<TimeoutCancellationException> { withTimeout(1.seconds) { alice.waitFor("x", 1.seconds * 2) } }
        }

    @Test
    fun `what the predicate throws is thrown to the one who waits, and to nobody else`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<Any?>()
            supervisorScope {
                val failing = async(start = CoroutineStart.UNDISPATCHED) { alice.waitFor("x", 10.seconds) { error("on purpose") } }
                val slow =
                    async(start = CoroutineStart.UNDISPATCHED) {
                        alice.waitFor("x", 10.seconds) {
                            delay(20.seconds)
                            true
                        }
                    }
                alice.on("x") { heard += it.data }
                alice.emit("x", 1)
                shouldThrow<IllegalStateException> { failing.await() }.message shouldBe "on purpose"
                shouldThrow<CallTimeoutException> { slow.await() }
            }
            heard shouldBe listOf(1)
        }

    @Test
    fun `a handler can wait for another event, and no slow handler keeps an event from who waits`() =
        withScriptedPeer { alice, _ ->
            val heard = CompletableDeferred<Any?>()
            alice.on("question") { heard.complete(alice.waitFor("answer", 5.seconds).data) }
            alice.on("answer") { awaitCancellation() }
            alice.emit("question")
            runCurrent()
            alice.emit("answer", 42)
            heard.await() shouldBe 42
            val next = async { alice.waitFor("answer", 5.seconds) }
            runCurrent()
            alice.emit("answer", 43)
            next.await().data shouldBe 43
        }

    @Test
    fun `the end of the connection ends the wait, and so does an end from before`() =
        withScriptedPeer { alice, peer ->
            supervisorScope {
                val event = async { alice.waitFor("x", Duration.INFINITE) }
                runCurrent()
                peer.close("maintenance")
                shouldThrow<ConnectionClosedException> { event.await() }.message!! shouldContain "maintenance"
            }
            alice.awaitClosed()
            shouldThrow<ConnectionClosedException> { alice.waitFor("x", 1.seconds) }
        }

    @Test
    fun `a subscription lasts as long as the wait, however it ends`() =
        withManager { alice, manager ->
            val found = async { alice.waitFor("x", 10.seconds, subscribed = true) }
            manager.resolve(manager.expect(), true)
            runCurrent()
            manager.send(mapOf("type" to "x", "data" to 1))
            found.await().data shouldBe 1L
            val end = manager.expect()
            end.method shouldBe "services.default.unsubscribe"
            end.args shouldBe listOf(listOf("x"))
            manager.resolve(end, true)

            val cancelled = async { alice.waitFor("x", 10.seconds, subscribed = true) }
            manager.resolve(manager.expect(), true)
            runCurrent()
            cancelled.cancelAndJoin()
            manager.expect().also { manager.resolve(it, true) }.method shouldBe "services.default.unsubscribe"

            supervisorScope {
                val late = async { alice.waitFor("x", 10.seconds, subscribed = true) }
                val unanswered = manager.expect()
                shouldThrow<CallTimeoutException> { late.await() }.message!! shouldContain "No event 'x'"
                manager.expect().also { manager.resolve(it, true) }.method shouldBe "services.default.unsubscribe"
                unanswered.method shouldBe "services.default.subscribe"

                val refused = async { alice.waitFor("y", 10.seconds, subscribed = true) }
                manager.reject(manager.expect(), "ValueError: Subscription to event 'y' is forbidden.")
                shouldThrow<RemoteException> { refused.await() }
            }
            manager.expectNothing()
        }

    @Test
    fun `an event that arrives before the server confirms the subscription counts`() =
        withManager { alice, manager ->
            val found = async { alice.waitFor("x", 10.seconds, subscribed = true) }
            val subscription = manager.expect()
            manager.send(mapOf("type" to "x", "data" to 1))
            manager.resolve(subscription, true)
            found.await().data shouldBe 1L
            manager.resolve(manager.expect(), true)
            runCurrent()
        }
}
