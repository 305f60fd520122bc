package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectCache
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldBeMonotonicallyIncreasing
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds

/** How far the long arguments of a call have come, as its caller hears it. */
@OptIn(ExperimentalCoroutinesApi::class)
class ProgressTest {
    private val piece = 262_144L
    private val heard = ArrayList<TransferProgress>()

    /** A call of ten pieces and a little, whose listener is [listener] besides. */
    private fun withCall(
        listener: suspend () -> Unit = {},
        test: suspend TestScope.(call: Deferred<Result<Any?>>, peer: ScriptedPeer) -> Unit,
    ) = withScriptedPeer { alice, peer ->
        val function =
            functionOf(peer, alice).onProgress {
                heard += it
                listener()
            }
        val call = async { runCatching { function(ByteArray(10 * piece.toInt())) } }
        test(call, peer)
    }

    private suspend fun ScriptedPeer.accept(function: String): Message = expectCache(function).also { resolve(it, null) }

    /** Takes the message and ends the call. */
    private suspend fun TestScope.finish(
        call: Deferred<Any?>,
        peer: ScriptedPeer,
    ) {
        peer.accept("process")
        runCurrent()
        call.cancel()
        runCurrent()
    }

    @Test
    fun `each piece that has arrived is told, from nothing to all, in bytes`() =
        withCall { call, peer ->
            peer.accept("create")
            repeat(11) {
                peer.accept("set")
                runCurrent()
            }
            val total = heard.first().total
            total - 10 * piece shouldBe (total % piece)
            // The last piece is a short one, and none has to arrive in order: these do.
            heard.map { it.sent } shouldContainExactly (0..10).map { it * piece } + total
            heard.map { it.total }.toSet() shouldBe setOf(total)
            heard.last().toString() shouldBe "$total of $total bytes"
            finish(call, peer)
        }

    @Test
    fun `a slow listener is not told everything, but the last of all, for which the call waits`() {
        val isFree = CompletableDeferred<Unit>()
        withCall({ isFree.await() }) { call, peer ->
            peer.accept("create")
            repeat(11) { peer.accept("set") }
            peer.accept("process")
            runCurrent()
            heard.size shouldBe 1
            isFree.complete(Unit)
            runCurrent()
            heard.size shouldBeLessThan 4
            heard.map { it.sent }.shouldBeMonotonicallyIncreasing()
            heard.last().run { sent shouldBe total }
            call.cancel()
        }
    }

    @Test
    fun `what a listener throws harms neither the call nor what it is told later`() =
        withCall({
            if (heard.size == 2) withTimeout(1.milliseconds) { awaitCancellation() }
            error("on purpose")
        }) { call, peer ->
            peer.accept("create")
            repeat(11) { peer.accept("set") }
            finish(call, peer)
            heard.last().run { sent shouldBe total }
        }

    @Test
    fun `a call that fails waits for no listener`() =
        withCall({ awaitCancellation() }) { call, peer ->
            peer.accept("create")
            peer.reject(peer.expectCache("set"), "OverloadedError: ws/peer takes no more")
            shouldThrow<HyphaException> { call.await().getOrThrow() }
            runCurrent()
            repeat(15) { if (peer.expect().method.endsWith("remove")) return@withCall }
        }

    @Test
    fun `a call whose arguments fit in one frame has no progress`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice).onProgress { heard += it }
            val call = async { function(1) }
            peer.resolve(peer.expect(), 2)
            call.await() shouldBe 2L
            heard.shouldBeEmpty()
        }

    @Test
    fun `the listener stays with the function whatever else is said of its calls`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice).onProgress { heard += it }.withTimeout(1000.milliseconds).idempotent()
            val call = async { function(ByteArray(300_000)) }
            peer.accept("create")
            repeat(2) { peer.accept("set") }
            finish(call, peer)
            heard.last().run { sent shouldBe total }
        }
}
