package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectCache
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What a peer of another make sees of a call that is too long for one frame. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongCallsTest {
    private val blob = Random(1).nextBytes(20 * 262_144)

    /** A call with more than twenty pieces, of which the peer has seen nothing yet. */
    private fun withLongCall(
        vararg extension: Pair<String, Any?>,
        test: suspend TestScope.(call: Deferred<Result<Any?>>, peer: ScriptedPeer) -> Unit,
    ) = withScriptedPeer { alice, peer ->
        val function = functionOf(peer, alice, peer.method("services.s.f", *extension))
        val call = async { runCatching { function(blob) } }
        test(call, peer)
    }

    private suspend fun ScriptedPeer.accept(function: String): Message = expectCache(function).also { resolve(it, null) }

    private suspend fun ScriptedPeer.acceptPieces(count: Int): List<Message> = List(count) { accept("set") }

    private fun join(pieces: List<Bytes>): Message {
        val whole = pieces.map { it.toByteArray() }.reduce(ByteArray::plus)
        return Message.of(Bytes(whole))
    }

    @Test
    fun `a long call is created, set piece by piece and processed, with positional arguments only`() =
        withLongCall { call, peer ->
            val create = peer.accept("create")
            val key = create.args[0] as String
            create.args shouldBe listOf(key, false)
            create.extra["with_kwargs"] shouldBe null
            val pieces = peer.acceptPieces(21)
            pieces.map { it.args[1] }.sortedBy { it as Long } shouldBe (0L..20L).toList()
            pieces.map { listOf(it.args[0], it.args[3]) }.toSet() shouldBe setOf(listOf(key, false))
            peer.accept("process").args shouldBe listOf(key, false)
            val inner = join(pieces.sortedBy { it.args[1] as Long }.map { it.args[2] as Bytes })
            inner.method shouldBe "services.s.f"
            inner.args shouldBe listOf(Bytes(blob))
            inner.extra["promise"] shouldBe "*"
            peer.resolve(inner, "thanks")
            call.await().getOrThrow() shouldBe "thanks"
        }

    @Test
    fun `at most sixteen pieces are under way`() =
        withLongCall { call, peer ->
            peer.accept("create")
            val held = List(16) { peer.expectCache("set") }
            shouldSayNothing(peer)
            peer.resolve(held[7], null)
            val next = peer.expectCache("set")
            next.args[1] shouldBe 16L
            shouldSayNothing(peer)
            (held - held[7] + next).forEach { peer.resolve(it, null) }
            peer.acceptPieces(4)
            peer.accept("process")
            runCurrent()
            call.cancel()
        }

    @Test
    fun `the silence is counted from when the whole message is there`() =
        withLongCall { call, peer ->
            peer.accept("create")
            repeat(21) {
                val piece = peer.expectCache("set")
                advanceTimeBy(1.seconds)
                peer.resolve(piece, null)
            }
            val process = peer.expectCache("process")
            advanceTimeBy(20.seconds)
            peer.resolve(process, null)
            runCurrent()
            advanceTimeBy(29_999.milliseconds)
            call.isCompleted shouldBe false
            advanceTimeBy(1.milliseconds)
            runCurrent()
            shouldThrow<CallTimeoutException> { call.await().getOrThrow() }
        }

    @Test
    fun `the reply may come before that of process`() =
        withLongCall { call, peer ->
            peer.accept("create")
            val pieces = peer.acceptPieces(21).sortedBy { it.args[1] as Long }
            val process = peer.expectCache("process")
            peer.resolve(join(pieces.map { it.args[2] as Bytes }), 1)
            peer.resolve(process, null)
            call.await().getOrThrow() shouldBe 1L
        }

    @Test
    fun `an older peer gets the pieces one after the other`() =
        withLongCall { call, peer ->
            val key = peer.accept("create").args[0]
            repeat(16) {
                peer.reject(peer.expectCache("set"), "Method expired or not found: ws/alice:services.built-in.message_cache.set")
            }
            peer.accept("create").args shouldBe listOf(key, false, true)
            val pieces =
                List(21) {
                    val append = peer.expectCache("append")
                    append.args[0] shouldBe key
                    append.args[2] shouldBe false
                    shouldSayNothing(peer)
                    peer.resolve(append, null)
                    append.args[1] as Bytes
                }
            peer.accept("process")
            peer.resolve(join(pieces), true)
            call.await().getOrThrow() shouldBe true
        }

    @Test
    fun `a piece that is refused fails the call and removes the others`() =
        withLongCall { call, peer ->
            val key = peer.accept("create").args[0]
            val held = List(16) { peer.expectCache("set") }
            peer.reject(held[3], "OverloadedError: ws/peer takes no more")
            val remove = peer.expectCache("remove")
            remove.args shouldBe listOf(key)
            // Nobody waits for the end of this.
            remove.main["session"] shouldBe null
            remove.extra["promise"] shouldBe null
            call.await().exceptionOrNull()?.message shouldBe "ws/peer takes no more"
            shouldSayNothing(peer)
        }

    @Test
    fun `a message that is refused as a whole fails the call`() =
        withLongCall { call, peer ->
            peer.accept("create")
            peer.acceptPieces(21)
            peer.reject(peer.expectCache("process"), "ValueError: not a message")
            peer.expectCache("remove")
            shouldThrow<RemoteException> { call.await().getOrThrow() }.remoteMessage shouldBe "not a message"
        }

    @Test
    fun `a cancelled caller removes its pieces and frees its sessions at once`() =
        withLongCall { call, peer ->
            val key = peer.accept("create").args[0]
            repeat(16) { peer.expectCache("set") }
            call.cancel()
            peer.expectCache("remove").args shouldBe listOf(key)
            shouldSayNothing(peer)
        }

    @Test
    fun `a caller that is cancelled while the buffer is made removes it as well`() =
        withLongCall { call, peer ->
            val key = peer.expectCache("create").args[0]
            call.cancel()
            peer.expectCache("remove").args shouldBe listOf(key)
            shouldSayNothing(peer)
        }

    @Test
    fun `a caller that is cancelled during process takes the call back`() =
        withLongCall("_rext" to listOf("cancel")) { call, peer ->
            peer.accept("create")
            val pieces = peer.acceptPieces(21).sortedBy { it.args[1] as Long }
            peer.expectCache("process")
            call.cancel()
            val inner = join(pieces.map { it.args[2] as Bytes })
            val last = listOf(peer.expect(), peer.expect()).associateBy { it.method.substringAfterLast('.') }
            last.keys shouldBe setOf("remove", "f")
            last.getValue("f").session shouldBe inner.session
            last.getValue("f").extra shouldBe mapOf("_rext" to mapOf("cancel" to true))
        }

    @Test
    fun `a peer that falls silent in the middle ends the call by its timeout`() =
        withLongCall { call, peer ->
            peer.accept("create")
            repeat(16) { peer.expectCache("set") }
            advanceTimeBy(30.seconds)
            shouldThrow<CallTimeoutException> { call.await().getOrThrow() }
            peer.expectCache("remove")
            shouldSayNothing(peer)
        }

    @Test
    fun `a peer that goes away in the middle ends the call at once`() =
        withLongCall { call, peer ->
            peer.accept("create")
            repeat(16) { peer.expectCache("set") }
            peer.leave()
            shouldThrow<PeerGoneException> { call.await().getOrThrow() }.didNotRun shouldBe true
        }

    @Test
    fun `a peer that goes away when it may have the whole call may have run it`() =
        withLongCall { call, peer ->
            peer.accept("create")
            peer.acceptPieces(21)
            peer.expectCache("process")
            peer.leave()
            shouldThrow<PeerGoneException> { call.await().getOrThrow() }.didNotRun shouldBe false
        }

    @Test
    fun `a result counts, although the peer goes away before it confirms that it has the call`() =
        withLongCall { call, peer ->
            peer.accept("create")
            val pieces = peer.acceptPieces(21).sortedBy { it.args[1] as Long }
            peer.expectCache("process")
            peer.resolve(join(pieces.map { it.args[2] as Bytes }), 1)
            peer.leave()
            call.await().getOrThrow() shouldBe 1L
        }

    private suspend fun ScriptedPeer.leave() =
        send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
}
