package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Streams of other clients, which this one collects. */
@OptIn(ExperimentalCoroutinesApi::class)
class ForeignStreamsTest {
    private val end = mapOf("_rtype" to "stop_iteration")

    private fun generator(
        target: String,
        vararg more: Pair<String, Any?>,
    ) = mapOf("_rtype" to "generator", "_rtarget" to target, "_rmethod" to "G.next", "_rpromise" to "*") + more

    /** A service of the peer whose only function returns [generator]. */
    private fun withStream(
        generator: Map<String, Any?>,
        test: suspend TestScope.(stream: Flow<Any?>, peer: ScriptedPeer) -> Unit,
    ) = withScriptedPeer { alice, peer ->
        val fetching = async { alice.getServiceOf("peer", "s") }
        peer.resolve(peer.expect(), mapOf("id" to "s", "items" to peer.method("services.s.items")))
        val calling = async { fetching.await()["items"]() }
        peer.resolve(peer.expect(), generator)
        @Suppress("UNCHECKED_CAST")
        test(calling.await() as Flow<Any?>, peer)
    }

    private suspend fun ScriptedPeer.expectNext(): Message = expect().also { it.method shouldBe "G.next" }

    @Test
    fun `items are asked for one at a time, without arguments, by calls like any other`() =
        withStream(generator("ws/peer", "_rclose_method" to "G.next:close")) { stream, peer ->
            val items = async { stream.toList() }
            val first = peer.expectNext()
            first.main["to"] shouldBe "ws/peer"
            first.main["parent"] shouldBe null
            first.args shouldBe emptyList()
            first.extra["promise"] shouldBe "*"
            first.extra["t"] shouldBe 15.0
            peer.resolve(first, "a")
            peer.resolve(peer.expectNext(), null)
            peer.resolve(peer.expectNext(), end)
            items.await() shouldBe listOf("a", null)
        }

    @Test
    fun `a bare target belongs to the workspace of the sender`() =
        withStream(generator("peer")) { stream, peer ->
            val items = async { stream.toList() }
            val next = peer.expectNext()
            next.main["to"] shouldBe "ws/peer"
            peer.resolve(next, end)
            items.await() shouldBe emptyList()
        }

    @Test
    fun `without a close method leaving early sends nothing`() =
        withStream(generator("ws/peer")) { stream, peer ->
            val items = async { stream.first() }
            peer.resolve(peer.expectNext(), 1)
            items.await() shouldBe 1L
            shouldSayNothing(peer)
        }

    @Test
    fun `leaving early calls the close method and takes no notice of its failure`() =
        withStream(generator("ws/peer", "_rclose_method" to "G.shut")) { stream, peer ->
            val items = async { stream.take(1).toList() }
            peer.resolve(peer.expectNext(), 1)
            items.await() shouldBe listOf(1L)
            val close = peer.expect()
            close.method shouldBe "G.shut"
            close.args shouldBe emptyList()
            peer.reject(close, "Exception: cannot close")
            runCurrent()
        }

    @Test
    fun `items that look nearly like the end are items`() =
        withStream(generator("ws/peer")) { stream, peer ->
            val items = async { stream.toList() }
            val almost = listOf(mapOf("_rtype" to "stop"), "stop_iteration", emptyMap<String, Any?>(), mapOf("rtype" to "stop_iteration"))
            almost.forEach { peer.resolve(peer.expectNext(), it) }
            peer.resolve(peer.expectNext(), end)
            items.await().size shouldBe almost.size
        }

    @Test
    fun `a stale session is a failure and not the end`() =
        withStream(generator("ws/peer")) { stream, peer ->
            val items = async { runCatching { stream.toList() } }
            peer.resolve(peer.expectNext(), 1)
            peer.reject(peer.expectNext(), "Session not found: ws/alice:G.next")
            shouldThrow<MethodNotFoundException> { items.await().getOrThrow() }.message shouldBe "Session not found: ws/alice:G.next"
        }

    @Test
    fun `a failing stream is closed, for its owner keeps it otherwise`() =
        withStream(generator("ws/peer", "_rclose_method" to "G.next:close")) { stream, peer ->
            val items = async { runCatching { stream.toList() } }
            peer.reject(peer.expectNext(), "Traceback (most recent call last):\n  File x\nValueError: no more")
            shouldThrow<RemoteException> { items.await().getOrThrow() }.remoteMessage shouldBe "no more"
            val close = peer.expect()
            close.method shouldBe "G.next:close"
            peer.resolve(close, true)
            runCurrent()
        }

    @Test
    fun `a stream without a method is refused`() =
        withScriptedPeer { alice, peer ->
            val fetching = async { runCatching { alice.getServiceOf("peer", "s") } }
            val call: Deferred<Result<Any?>> = fetching
            peer.resolve(peer.expect(), mapOf("id" to "s", "stream" to mapOf("_rtype" to "generator")))
            val failure = shouldThrow<EncodingException> { call.await().getOrThrow() }
            failure.problem shouldBe "a received stream has no '_rmethod'"
            failure.path shouldBe "result.stream"
        }
}
