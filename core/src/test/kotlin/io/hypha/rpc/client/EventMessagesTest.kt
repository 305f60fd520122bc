package io.hypha.rpc.client

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.call.callback
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.frame
import io.hypha.rpc.testing.packed
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** What events look like on the wire (protocol §2.1, §2.6, §10). */
@OptIn(ExperimentalCoroutinesApi::class)
class EventMessagesTest {
    @Test
    fun `an event goes to everybody, to a client of the workspace or to one of another`() =
        withScriptedPeer { alice, peer ->
            val targets = mapOf("*" to "ws/*", "bob" to "ws/bob", "other/eve" to "other/eve", "*/manager-1" to "*/manager-1")
            for ((given, sent) in targets) {
                alice.emit("my event/ü", mapOf("n" to 1), to = given)
                val message = peer.expect()
                message.main shouldBe mapOf("type" to "my event/ü", "from" to "ws/alice", "to" to sent)
                message.extra shouldBe mapOf("data" to mapOf("n" to 1L))
            }
        }

    @Test
    fun `further entries stand beside the data`() =
        withScriptedPeer { alice, peer ->
            alice.emit("x", to = "bob", more = mapOf("more" to 2))
            peer.expect().extra shouldBe mapOf("more" to 2L, "data" to null)
            val heard = ArrayList<Map<String, Any?>>()
            alice.on("x") { heard += it.entries }
            alice.emit("x", 1, more = mapOf("more" to 2))
            runCurrent()
            heard shouldContainExactly listOf(mapOf("more" to 2, "data" to 1))
        }

    @Test
    fun `what is no event is refused before anything is sent`() =
        withScriptedPeer { alice, peer ->
            for (target in listOf("", " ", "/", "ws/", "/bob", "a/b/c")) {
                shouldThrow<IllegalArgumentException> { alice.emit("x", to = target) }.message shouldBe
                    "an event goes to '*', a client or 'workspace/client', not to '$target'"
            }
            for (type in listOf("client_disconnected", "service_added", "peer_not_found", "force-exit", "error")) {
                shouldThrow<IllegalArgumentException> { alice.emit(type, to = "*") }.message shouldBe
                    "'$type' is an event of the server; give an event of your own another type"
            }
            shouldThrow<IllegalArgumentException> { alice.emit("method", to = "*") }
            shouldThrow<IllegalArgumentException> { alice.emit(" ") }
            for (key in listOf("type", "from", "to", "ws", "user", "ctx", "data")) {
                shouldThrow<IllegalArgumentException> { alice.emit("x", more = mapOf(key to 1)) }.message shouldContain "'$key'"
            }
            peer.expectNothing()
        }

    @Test
    fun `a function is refused, for an event has nobody who keeps it alive`() =
        withScriptedPeer { alice, peer ->
            val failure = shouldThrow<EncodingException> { alice.emit("x", mapOf("f" to listOf(callback { a: Int -> a })), to = "bob") }
            failure.path shouldBe "data.f[0]"
            failure.problem shouldContain "function"
            peer.expectNothing()
        }

    @Test
    fun `an event has two segments, and bytes behind them are ignored`() =
        withScriptedPeer { alice, peer ->
            val heard = ArrayList<Map<String, Any?>>()
            alice.on("x") { heard += it.entries }
            val main = mapOf("type" to "x", "to" to "ws/*", "from" to "ws/bob", "ws" to "ws", "data" to 1, "a" to 1)
            peer.sendBytes(frame(main, packed(mapOf("a" to 2, "b" to 2)) + packed(mapOf("b" to 3, "c" to 3))))
            peer.sendBytes(frame(main, packed(mapOf("a" to 2)) + byteArrayOf(0xC1.toByte())))
            peer.sendBytes(frame(main))
            runCurrent()
            heard shouldContainExactly
                listOf(mapOf("data" to 1L, "a" to 2L, "b" to 2L), mapOf("data" to 1L, "a" to 2L), mapOf("data" to 1L, "a" to 1L))
        }

    @Test
    fun `an event that cannot be read is dropped, and the next one is heard`() {
        val logged = ArrayList<String>()
        withScriptedPeer({
            logger =
                HyphaLogger { level, message, _ ->
                    if (level >
                        HyphaLogger.Level.Debug
                    ) {
                        logged += message
                    }
                }
        }) { alice, peer ->
            val heard = ArrayList<Any?>()
            alice.on("x") { heard += it.data }
            peer.sendBytes(frame(mapOf("type" to "x"), packed(listOf(1))))
            peer.sendBytes(frame(mapOf("type" to "x"), byteArrayOf(0x91.toByte())))
            peer.send(mapOf("type" to "x", "data" to 2))
            runCurrent()
            heard shouldContainExactly listOf(2L)
            logged shouldContainExactly List(2) { "an event that cannot be read was dropped" }
        }
    }

    @Test
    fun `an event tells who sent it as the server says, whatever it says itself`() =
        withScriptedPeer { alice, peer ->
            val heard = ArrayList<HyphaEvent>()
            alice.on("x") { heard += it }
            val stamps = mapOf("from" to "other/eve", "ws" to "other", "user" to mapOf("id" to "eve"))
            val forged = mapOf("from" to "*/manager-1", "ws" to "ws", "user" to mapOf("id" to "root"), "ctx" to stamps, "data" to 1)
            peer.send(mapOf("type" to "x", "to" to "ws/alice", "ctx" to forged) + stamps, forged)
            runCurrent()
            val event = heard.single()
            event.entries shouldBe mapOf("data" to 1L)
            event.isFromServer shouldBe false
            event.isLocal shouldBe false
            event.context?.let { listOf(it.from, it.to, it.workspace, it.user.id) } shouldBe
                listOf("other/eve", "ws/alice", "other", "eve")
            event.toString() shouldBe "HyphaEvent(x)"
        }

    @Test
    fun `messages of the type error are logged and heard`() {
        val logged = ArrayList<String>()
        withScriptedPeer({
            logger =
                HyphaLogger { level, message, _ ->
                    if (level >
                        HyphaLogger.Level.Debug
                    ) {
                        logged += message
                    }
                }
        }) { alice, peer ->
            val heard = ArrayList<Any?>()
            alice.on("error") { heard += it.entries["message"] }
            peer.send(mapOf("type" to "error", "message" to "you cannot broadcast"))
            peer.send(mapOf("type" to "error", "from" to "ws/eve", "message" to "nonsense"))
            runCurrent()
            heard shouldContainExactly listOf("you cannot broadcast", "nonsense")
            logged shouldContainExactly listOf("the server says: you cannot broadcast")
        }
    }
}
