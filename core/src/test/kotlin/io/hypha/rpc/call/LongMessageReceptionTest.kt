package io.hypha.rpc.call

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.cache
import io.hypha.rpc.testing.frameOf
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.pieces
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.upload
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Messages that arrive in pieces, from peers that do as they like. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongMessageReceptionTest {
    private val contexts = mutableListOf<CallContext>()

    private fun HyphaConnection.provideSize() =
        provide {
            function("size", param("data")) { data: Bytes ->
                contexts += context
                data.size
            }
        }

    private fun ScriptedPeer.sizeCall(
        size: Int,
        vararg more: Pair<String, Any?>,
    ) = frameOf(
        main("services.svc.size", "session" to "L1") + more,
        mapOf("args" to listOf(Bytes(ByteArray(size))), "promise" to "*", "t" to 15.0),
    )

    /** Another client at the other end of the same link. */
    private suspend fun ScriptedPeer.cacheAs(
        other: String,
        function: String,
        vararg args: Any?,
    ): String? {
        val message = main("services.built-in.message_cache.$function", "session" to "O1") + ("from" to other)
        send(message, mapOf("args" to args.asList(), "promise" to "*", "t" to 15.0))
        val reply = expect()
        reply.main["to"] shouldBe other
        return ((reply.args.single() as? Map<*, *>)?.get("_rvalue")) as String?
    }

    @Test
    fun `pieces may come in any order, and the message is taken as if it had come whole`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            peer.upload(peer.sizeCall(10_500), "K")
            alice.statistics.longMessages shouldBe 1
            alice.statistics.longMessageBytes shouldBe peer.sizeCall(10_500).size
            peer.cache("process", "K", false) shouldBe null
            val reply = peer.expect()
            reply.method shouldBe "L1.resolve"
            reply.args shouldBe listOf(10_500L)
            alice.statistics.longMessages shouldBe 0
            alice.statistics.longMessageBytes shouldBe 0
        }

    @Test
    fun `pieces can be added at the end, one after the other`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            peer.cache("create", "K") shouldBe null
            peer.sizeCall(5000).pieces(1024).forEach { peer.cache("append", "K", it) shouldBe null }
            peer.cache("process", "K") shouldBe null
            peer.expect().args shouldBe listOf(5000L)
        }

    @Test
    fun `who the message is from is who sent the pieces, whatever the message says`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            val forged = arrayOf("from" to "root/admin", "to" to "other/alice", "ws" to "root", "user" to mapOf("id" to "root"), "ctx" to 1)
            peer.upload(peer.sizeCall(3000, *forged), "K")
            peer.send(
                peer.main("services.built-in.message_cache.process", "session" to "cache") + ("user" to mapOf("id" to "peer-user")),
                mapOf("args" to listOf("K"), "promise" to "*"),
            )
            List(2) { peer.expect() }.map { it.method to it.main["to"] }.toSet() shouldBe
                setOf("cache.resolve" to "ws/peer", "L1.resolve" to "ws/peer")
            val context = contexts.single()
            context.from shouldBe "ws/peer"
            context.to shouldBe "ws/alice"
            context.workspace shouldBe "ws"
            context.user.id shouldBe "peer-user"
        }

    @Test
    fun `a missing piece is named, and the message can be completed`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            val pieces = peer.sizeCall(5000).pieces(1000)
            peer.cache("create", "K")
            pieces.forEachIndexed { index, piece -> if (index != 2) peer.cache("set", "K", index, piece) }
            peer.cache("process", "K") shouldContain "misses its piece 2"
            peer.cache("set", "K", 2, pieces[2]) shouldBe null
            peer.cache("process", "K") shouldBe null
            peer.expect().args shouldBe listOf(5000L)
        }

    @Test
    fun `a piece can be replaced`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            peer.cache("create", "K")
            peer.cache("set", "K", 0, Bytes(ByteArray(5)))
            peer.cache("set", "K", 0, Bytes(peer.sizeCall(9)))
            peer.cache("process", "K") shouldBe null
            peer.expect().args shouldBe listOf(9L)
        }

    @Test
    fun `only who began a message can write, process and remove it`() =
        withScriptedPeer { _, peer ->
            peer.cache("create", "K")
            peer.cacheAs("ws/eve", "set", "K", 0, Bytes(ByteArray(1))) shouldContain "does not exist"
            peer.cacheAs("ws/eve", "append", "K", Bytes(ByteArray(1))) shouldContain "does not exist"
            peer.cacheAs("ws/eve", "process", "K") shouldContain "does not exist"
            peer.cacheAs("ws/eve", "remove", "K") shouldContain "does not exist"
            // The same key of somebody else is another message.
            peer.cacheAs("ws/eve", "create", "K") shouldBe null
            peer.cacheAs("ws/eve", "remove", "K") shouldBe null
            peer.cache("remove", "K") shouldBe null
        }

    @Test
    fun `unknown and taken keys are refused with the key`() =
        withScriptedPeer { alice, peer ->
            for (call in listOf(
                listOf("set", "N", 0, Bytes.Empty),
                listOf("append", "N", Bytes.Empty),
                listOf("process", "N"),
                listOf("remove", "N"),
            )) {
                peer.cache(call[0] as String, *call.drop(1).toTypedArray()) shouldContain "Message with key N does not exist"
            }
            peer.cache("create", "K", false) shouldBe null
            peer.cache("set", "K", 0, Bytes(ByteArray(10))) shouldBe null
            peer.cache("create", "K", false) shouldContain "already exists in the cache store"
            peer.cache("create", "K", false, true) shouldBe null
            alice.statistics.longMessages shouldBe 1
            peer.cache("process", "K") shouldContain "ValueError"
        }

    @Test
    fun `what cannot be a piece is refused`() =
        withScriptedPeer { _, peer ->
            peer.cache("create", "K")
            peer.cache("set", "K", 0, "text") shouldContain "args[2]"
            peer.cache("set", "K", -1, Bytes(ByteArray(1))) shouldContain "no piece -1"
            peer.cache("set", "K", Int.MAX_VALUE, Bytes(ByteArray(1))) shouldContain "no piece"
            peer.cache("remove", "K") shouldBe null
        }

    @Test
    fun `pieces that are no message when joined are refused, and the connection lives on`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            peer.upload(ByteArray(3000) { 0xc1.toByte() }, "K")
            peer.cache("process", "K") shouldContain "ValueError"
            peer.upload(peer.sizeCall(3000).copyOf(2000), "K")
            peer.cache("process", "K") shouldBe null
            peer.expect().method shouldBe "L1.reject"
            shouldSayNothing(peer)
        }

    @Test
    fun `a reply may come in pieces`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice)
            val call = async { function() }
            val session = peer.expect().session
            val result = Bytes(ByteArray(4000) { it.toByte() })
            peer.upload(frameOf(peer.main("$session.resolve", "parent" to session), mapOf("args" to listOf(result))), "K")
            peer.cache("process", "K") shouldBe null
            call.await() shouldBe result
        }

    @Test
    fun `pieces that name a call of ours keep it alive`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice)
            val call = async { function() }
            val session = peer.expect().session
            advanceTimeBy(29.seconds)
            peer.cache("create", session, true) shouldBe null
            advanceTimeBy(29.seconds)
            val reply = frameOf(peer.main("$session.resolve", "parent" to session), mapOf("args" to listOf("long")))
            reply.pieces(30).forEachIndexed { index, piece ->
                peer.cache("set", session, index, piece, true) shouldBe null
                advanceTimeBy(29_999.milliseconds)
                runCurrent()
            }
            peer.cache("process", session, true) shouldBe null
            call.await() shouldBe "long"
        }

    @Test
    fun `pieces that name no call, or that of somebody else, are refused`() =
        withScriptedPeer { alice, peer ->
            peer.cache("create", "gone", true) shouldContain "session does not exist anymore: gone"
            val function = functionOf(peer, alice)
            val call = async { runCatching { function() } }
            val session = peer.expect().session
            peer.cacheAs("ws/eve", "create", session, true) shouldContain "session does not exist anymore: $session"
            advanceTimeBy(30.seconds)
            runCurrent()
            call.isCompleted shouldBe true
            peer.cache("create", session, true) shouldContain "session does not exist anymore"
            alice.statistics.longMessages shouldBe 0
        }

    @Test
    fun `a long call that its caller gives up while the message is put together never begins`() =
        withScriptedPeer { alice, peer ->
            alice.provideSize()
            peer.upload(peer.sizeCall(3000), "K")
            // Both are read before anything runs.
            peer.call("services.built-in.message_cache.process", listOf("K", false), session = "cache")
            peer.send(peer.main("services.svc.size", "session" to "L1"), mapOf("_rext" to mapOf("cancel" to true)))
            runCurrent()
            peer.expect().method shouldBe "cache.resolve"
            shouldSayNothing(peer)
            contexts.size shouldBe 0
            alice.statistics.incomingCalls shouldBe 0
            // What was given up once is not kept: the id may come again.
            peer.upload(peer.sizeCall(3000), "K")
            peer.cache("process", "K", false) shouldBe null
            peer.expect().method shouldBe "L1.resolve"
        }
}
