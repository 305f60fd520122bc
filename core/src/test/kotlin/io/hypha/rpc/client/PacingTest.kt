package io.hypha.rpc.client

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.testing.AgreeingPeer
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.SlowLink
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.shouldHoldNothing
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * What becomes of calls when more is to be sent than the server or the network takes (protocol §1.8). The link stands for both: it throws,
 * and so fails the test, when more messages come than 200 a second and 2,000 at once.
 */
@OptIn(ExperimentalCoroutinesApi::class)
class PacingTest {
    private val piece = 262_144

    private class Stage(
        val test: TestScope,
        val alice: HyphaConnection,
        val link: SlowLink,
        val peer: ScriptedPeer,
        val pair: LinkedPair,
    )

    /** Runs [test] with the client `ws/alice` behind a slow link. */
    private fun staged(
        takes: (Int) -> Duration = { Duration.ZERO },
        configure: HyphaOptions.() -> Unit = {},
        test: suspend Stage.() -> Unit,
    ) = runTest {
        val pair = LinkedPair(infoOf("alice"), infoOf("peer"), capacity = 20_000)
        val link = SlowLink(pair.left, { testScheduler.currentTime.milliseconds }, takes = takes)
        val alice = connectOver(link) { configure() }
        try {
            Stage(this, alice, link, ScriptedPeer(pair.right), pair).test()
            runCurrent()
            shouldHoldNothing(alice)
        } finally {
            alice.close()
            alice.awaitClosed()
        }
    }

    private suspend fun Stage.function(): RemoteFunction = test.functionOf(peer, alice)

    /** An event of 64 MiB, which is sent like any long message. */
    private fun Stage.upload(): Deferred<Unit> = test.async { alice.emit("blob", ByteArray(64 shl 20), to = "peer") }

    /** A quarter of a megabyte takes a tenth of a second, everything else nothing to speak of. */
    private val slow: (Int) -> Duration = { (it / 2_621.44).milliseconds }

    @Test
    fun `ten thousand calls at once are paced, none is late, and all end`() =
        staged {
            val function = function()
            AgreeingPeer(pair.right).startIn(test.backgroundScope)
            val began = test.currentTime
            val calls = List(10_000) { test.async { function(it) } }
            calls.awaitAll()
            // Ten thousand at nine tenths of 200 a second, but for a burst of nine tenths of 2,000. A call may be silent for 30 seconds only.
            val took = (test.currentTime - began).milliseconds
            took shouldBeGreaterThan 45.seconds
            took shouldBeLessThan 46.seconds
        }

    @Test
    fun `small calls of ten callers are not held up by an upload of 64 MiB`() =
        staged(slow) {
            val function = function()
            AgreeingPeer(pair.right).startIn(test.backgroundScope)
            val upload = upload()
            test.runCurrent()
            val waits = ArrayList<Int>()
            val callers =
                List(10) { caller ->
                    test.launch {
                        while (upload.isActive) {
                            val before = link.methods.size
                            function(caller)
                            // The call itself is one of them; the answer to it takes no time.
                            waits += link.methods.size - before
                        }
                    }
                }
            callers.forEach { it.join() }
            upload.await()
            link.sizes.count { it > piece } shouldBe 256
            // The one that is leaving, one of the upload, and one of each of the other callers.
            waits.max() shouldBeLessThanOrEqualTo 1 + 1 + 9 + 1
            waits.size shouldBeGreaterThan 2_000
        }

    @Test
    fun `an upload is not held up by callers who never rest either`() =
        staged(slow) {
            val function = function()
            AgreeingPeer(pair.right).startIn(test.backgroundScope)
            val upload = upload()
            test.runCurrent()
            val callers = List(10) { test.launch { while (upload.isActive) function(it) } }
            upload.await()
            callers.forEach { it.join() }
            // It has one of eleven turns: its 256 pieces, and three messages around them, take that of 11 times as many messages.
            val paced = (259 * 11 - 1800) / 180.0
            test.currentTime.milliseconds shouldBeLessThan (paced + 259 * 0.1 + 1).seconds
        }

    @Test
    fun `the beats of a long call are on time during an upload`() =
        staged(slow) {
            alice.provide { function<Unit>("wait") { awaitCancellation() } }
            val beats = ArrayList<Long>()
            AgreeingPeer(pair.right).startIn(test.backgroundScope) { if (it.method == "P1.heartbeat") beats += test.currentTime }
            peer.call("services.svc.wait", extra = mapOf("promise" to "*", "t" to 1.0))
            test.runCurrent()
            val began = test.currentTime
            upload().await()
            beats.size shouldBeGreaterThan 20
            // Never later than the piece that is just leaving.
            (listOf(began) + beats).zipWithNext { one, next -> next - one }.max() shouldBeLessThanOrEqualTo 1_101L
            peer.send(peer.main("services.svc.wait", "session" to "P1"), mapOf("_rext" to mapOf("cancel" to true)))
        }

    @Test
    fun `beats go out while ten thousand calls wait for the server's limit`() =
        staged {
            alice.provide { function<Unit>("wait") { awaitCancellation() } }
            val function = function()
            val beats = ArrayList<Long>()
            AgreeingPeer(pair.right).startIn(test.backgroundScope) { if (it.method == "P1.heartbeat") beats += test.currentTime }
            peer.call("services.svc.wait", extra = mapOf("promise" to "*", "t" to 1.0))
            test.runCurrent()
            List(10_000) { test.async { function(it) } }.awaitAll()
            beats.zipWithNext { one, next -> next - one }.max() shouldBeLessThanOrEqualTo 1_001L
            peer.send(peer.main("services.svc.wait", "session" to "P1"), mapOf("_rext" to mapOf("cancel" to true)))
        }

    /** A hundred calls that wait for the server's limit, behind those that use it up. */
    private fun Stage.waiting(function: RemoteFunction): List<Deferred<Result<Any?>>> {
        val calls = List(1900) { test.async { runCatching { function(it) } } }
        test.runCurrent()
        return calls.takeLast(100)
    }

    @Test
    fun `a call that is cancelled while it waits is never sent, nor is its cancellation`() =
        staged {
            val function = test.functionOf(peer, alice, peer.method("services.s.f", "_rext" to listOf("cancel")))
            AgreeingPeer(pair.right).startIn(test.backgroundScope)
            val waiting = waiting(function)
            val sent = link.methods.size
            waiting.forEach { it.cancelAndJoin() }
            test.advanceTimeBy(60.seconds)
            link.methods.size - sent shouldBeLessThan 40
        }

    @Test
    fun `calls that wait end when their provider leaves, and did not run`() =
        staged {
            val function = function()
            AgreeingPeer(pair.right).startIn(test.backgroundScope)
            val waiting = waiting(function)
            ScriptedPeer(pair.right, "*/manager-1").send(
                mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")),
            )
            test.advanceTimeBy(1.milliseconds)
            for (call in waiting) shouldThrow<PeerGoneException> { call.await().getOrThrow() }.didNotRun shouldBe true
        }
}
