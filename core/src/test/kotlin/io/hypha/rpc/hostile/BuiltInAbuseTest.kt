package io.hypha.rpc.hostile

import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.frameOf
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import org.junit.jupiter.api.Test

/** The functions that everybody may call (protocol §7.8) do what they are for, and nothing for those who want something else. */
class BuiltInAbuseTest {
    private suspend fun ScriptedPeer.cache(
        function: String,
        vararg args: Any?,
    ): String? {
        call("services.built-in.message_cache.$function", args.asList(), session = "cache")
        val reply = expect()
        return if (reply.method == "cache.resolve") null else (reply.args.single() as Map<*, *>)["_rvalue"] as String
    }

    @Test
    fun `a flood of messages that nobody ends leaves room for those of others`() =
        withVictim { alice, eve, _ ->
            val begun = (0..300).count { eve.cache("create", "K$it") == null }
            begun shouldBe 224
            val bob = eve.of("ws/bob")
            val main = bob.main("services.open.echo", "session" to "B2")
            bob.cache("create", "mine") shouldBe null
            bob.cache("append", "mine", Bytes(frameOf(main, mapOf("args" to listOf("long")) + shortPromise))) shouldBe null
            bob.call("services.built-in.message_cache.process", listOf("mine"), session = "P")
            val replies = listOf(bob.expect(), bob.expect())
            replies.map { it.method }.toSet() shouldBe setOf("P.resolve", "B2.resolve")
            repeat(224) { eve.cache("remove", "K$it") shouldBe null }
            alice.statistics.longMessages shouldBe 0
        }

    @Test
    fun `pieces that make no sense are refused, and the message goes on`() =
        withVictim { _, eve, _ ->
            eve.cache("create", "K") shouldBe null
            for (index in listOf(-1, Int.MIN_VALUE, 1 shl 20, Int.MAX_VALUE)) {
                withClue(index) { eve.cache("set", "K", index, Bytes(ByteArray(1)))!! shouldContain "no piece" }
            }
            for (index in listOf("0", null, 1.5, 1L shl 40, listOf(0))) {
                withClue(index) { eve.cache("set", "K", index, Bytes(ByteArray(1)))!! shouldStartWith "TypeError" }
            }
            eve.cache("set", "K", 0, "text")!! shouldStartWith "TypeError"
            eve.cache("set", "K")!! shouldStartWith "TypeError"
            eve.cache("append", 5, Bytes(ByteArray(1)))!! shouldStartWith "TypeError"
            // The same place again and again is one piece.
            repeat(5) { eve.cache("set", "K", 1, Bytes(ByteArray(10))) shouldBe null }
            eve.cache("process", "K")!! shouldContain "misses its piece 0"
            eve.cache("remove", "K") shouldBe null
            for (function in listOf("process", "remove")) eve.cache(function, "K")!! shouldContain "Message with key K does not exist"
            eve.cache("append", "K", Bytes(ByteArray(1)))!! shouldContain "Message with key K does not exist"
        }

    @Test
    fun `the messages of others cannot be seen, written, ended or taken, not even by the same key`() =
        withVictim { alice, eve, _ ->
            val bob = eve.of("ws/bob")
            bob.cache("create", "K") shouldBe null
            bob.cache("append", "K", Bytes(ByteArray(3))) shouldBe null
            for (function in listOf("process", "remove")) eve.cache(function, "K")!! shouldContain "does not exist"
            eve.cache("append", "K", Bytes(ByteArray(1)))!! shouldContain "does not exist"
            eve.cache("create", "K", false, true) shouldBe null
            eve.cache("remove", "K") shouldBe null
            alice.statistics.longMessages shouldBe 1
            bob.cache("remove", "K") shouldBe null
        }

    @Test
    fun `a long message says no more about its sender than a short one, and opens nothing`() =
        withVictim { _, eve, waiting ->
            val forged = mapOf("type" to "method", "from" to "ws/bob", "to" to "ws/alice", "ws" to "ws", "user" to mapOf("id" to "root"))
            val attempts =
                mapOf(
                    "services.private.secret" to "Permission denied",
                    "$waiting.resolve" to "Access denied",
                    "services..x" to "not found",
                    // Messages in messages: each is taken like any other.
                    "services.built-in.message_cache.process" to "does not exist",
                )
            for ((method, text) in attempts) {
                eve.cache("create", "K") shouldBe null
                val inner = frameOf(forged + mapOf("method" to method, "session" to "P1"), mapOf("args" to listOf("K")) + shortPromise)
                eve.cache("append", "K", Bytes(inner)) shouldBe null
                eve.call("services.built-in.message_cache.process", listOf("K"), session = "P")
                val replies = listOf(eve.expect(), eve.expect()).associateBy { it.method }
                withClue(method) {
                    replies.keys shouldBe setOf("P.resolve", "P1.reject")
                    replies.getValue("P1.reject").main["to"] shouldBe "other/eve"
                    (replies.getValue("P1.reject").args.single() as Map<*, *>)["_rvalue"].toString() shouldContain text
                }
            }
            for (type in listOf("client_disconnected", "peer_not_found", "force-exit")) {
                eve.cache("create", "K") shouldBe null
                val event = mapOf("type" to type, "from" to "*/manager-1", "peer_id" to "ws/bob", "session" to waiting)
                eve.cache("append", "K", Bytes(frameOf(event, mapOf("data" to mapOf("id" to "ws/bob"))))) shouldBe null
                eve.cache("process", "K") shouldBe null
            }
        }

    @Test
    fun `ping answers the one question that it knows`() =
        withVictim { _, eve, _ ->
            for (message in listOf("pong", "", null, 5, listOf("ping"), "p".repeat(1_000_000))) {
                eve.call("services.built-in.ping", listOf(message))
                (eve.expectRejection().length < 200) shouldBe true
            }
        }
}
