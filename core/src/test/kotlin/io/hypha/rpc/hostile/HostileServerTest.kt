package io.hypha.rpc.hostile

import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.shouldHoldNothing
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** A client trusts its server with who is who, not with numbers that make no sense. */
@OptIn(ExperimentalCoroutinesApi::class)
class HostileServerTest {
    private val absurd: List<JsonElement> =
        listOf(-1, 0, 1e-300, 1e308, -1e308, Double.NaN, Double.POSITIVE_INFINITY, Long.MAX_VALUE).map { JsonPrimitive(it) } +
            listOf(JsonPrimitive("NaN"), JsonPrimitive("1e9999"), JsonPrimitive(""), JsonNull, JsonArray(emptyList()), JsonPrimitive(true))

    @Test
    fun `a client works whatever numbers the server announces`() {
        for (key in listOf("message_rate", "message_burst", "reconnection_token_life_time")) {
            for (value in absurd) {
                runTest {
                    val more = mapOf(key to value, "reconnection_token" to JsonPrimitive("again"))
                    val info = ConnectionInfo(JsonObject(infoOf("alice").entries + more))
                    val pair = LinkedPair(info, infoOf("peer"), capacity = 1024)
                    val alice = connectOver(pair.left)
                    withClue("$key $value") {
                        val peer = ScriptedPeer(pair.right)
                        repeat(3) {
                            peer.call("services.built-in.ping", listOf("ping"))
                            peer.expectResult() shouldBe "pong"
                            advanceTimeBy(10.seconds)
                        }
                        shouldHoldNothing(alice)
                    }
                    alice.close()
                    alice.awaitClosed()
                }
            }
        }
    }

    @Test
    fun `limits that cannot be kept are as good as none that are announced`() {
        for (value in listOf(
            JsonPrimitive(-1),
            JsonPrimitive(Double.NaN),
            JsonPrimitive(Double.POSITIVE_INFINITY),
            JsonPrimitive("x"),
            JsonNull,
        )) {
            val info = ConnectionInfo(JsonObject(infoOf("alice").entries + mapOf("message_rate" to value, "message_burst" to value)))
            info.messageRate shouldBe null
            info.messageBurst shouldBe null
        }
        ConnectionInfo(JsonObject(infoOf("alice").entries + ("message_rate" to JsonPrimitive(0)))).messageRate shouldBe 0.0
    }

    @Test
    fun `a user of absurd shape and an end of the token at no time are no reason to fail`() {
        for (value in absurd) {
            runTest {
                val user = JsonObject(mapOf("id" to value, "roles" to value, "scope" to value, "expires_at" to value))
                val info = ConnectionInfo(JsonObject(infoOf("alice").entries + mapOf("user" to user, "manager_id" to value)))
                val pair = LinkedPair(info, infoOf("peer"), capacity = 1024)
                val alice = connectOver(pair.left)
                withClue(value) {
                    alice.user.id.length shouldBe alice.user.id.length
                    val peer = ScriptedPeer(pair.right)
                    peer.call("services.built-in.ping", listOf("ping"))
                    peer.expectResult() shouldBe "pong"
                    advanceTimeBy(5.minutes)
                }
                alice.close()
                alice.awaitClosed()
            }
        }
    }
}
