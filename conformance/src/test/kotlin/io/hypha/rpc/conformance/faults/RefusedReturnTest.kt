package io.hypha.rpc.conformance.faults

import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.ktor.ConnectOptions
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.ValueSource
import java.util.concurrent.CopyOnWriteArrayList

/** A server that does not let a client in when that comes back (protocol §1.5, §15.1 Q3). */
class RefusedReturnTest {
    private val seen = CopyOnWriteArrayList<JsonObject>()

    /** Lets the client in, and ends the connection when it says so. */
    private val first: WrongSocket.() -> Unit = {
        greet()
        serveUntil("leave")
    }
    private val last: WrongSocket.() -> Unit = {
        seen.add(credentials)
        greet()
        serve()
    }

    private fun refusing(
        message: String,
        code: Int = 1008,
    ): WrongSocket.() -> Unit =
        {
            seen.add(credentials)
            refuse(message, code)
        }

    @ParameterizedTest
    @CsvSource(
        "Server busy, please retry|1013",
        "Connection limit exceeded: user tester has 200 connections|1008",
        "Failed to establish connection: Client already exists and is active: ws-test/client|1001",
        "Authentication payload timeout|1008",
        delimiter = '|',
    )
    fun `a refusal that passes by itself is met with further attempts`(
        message: String,
        code: Int,
    ) {
        val attempts = RecordedAttempts()
        val refused = refusing(message, code)
        withWrongHub(first, refused, refused, refused, last) {
            withClient({ reconnect = attempts }) { client ->
                client.emit("leave", to = "server")
                client.awaitConnected(2)
                attempts.all.drop(1).forEach { it.cause.message.orEmpty() shouldContain message }
                attempts.all.map { it.number } shouldBe attempts.all.indices.map { it + 1 }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "Authentication error: The token has expired. Please fetch a new one",
            "Failed to establish connection: Failed to authenticate user: Client id mismatch, disconnecting",
            "Failed to establish connection: Permission denied for workspace: ws-test",
        ],
    )
    fun `when the token to come back with is refused, the other token is tried once, alone`(message: String) =
        withWrongHub(first, refusing(message), last) {
            withClient { client ->
                client.emit("leave", to = "server")
                client.awaitConnected(2)
                accepted shouldBe 3
                seen.map { it.text("reconnection_token") } shouldContainExactly listOf(WrongSocket.RECONNECTION_TOKEN, null)
                seen.map { it.text("token") } shouldContainExactly listOf("token", "token")
                seen.map { it.text("workspace") } shouldContainExactly List(2) { WrongSocket.WORKSPACE }
            }
        }

    @Test
    fun `when that is refused as well, the connection has ended, and says why`() {
        val refused = refusing("Authentication error: The token has expired. Please fetch a new one")
        withWrongHub(first, refused, refused, last) {
            withClient { client ->
                client.emit("leave", to = "server")
                val cause = client.awaitEnd().cause.shouldNotBeNull()
                cause.message.orEmpty() shouldContain "Server refused reconnection: "
                cause.message.orEmpty() shouldContain "The token has expired"
                client.awaitClosed()
                accepted shouldBe 3
            }
        }
    }

    @Test
    fun `a token provider is asked for the token that is tried then`() {
        var given = 0
        val options: ConnectOptions.() -> Unit = {
            token = null
            tokenProvider =
                io.hypha.rpc.client
                    .TokenProvider { "token-${++given}" }
        }
        withWrongHub(first, refusing("Authentication error: The token has expired. Please fetch a new one"), last) {
            withClient(options) { client ->
                client.emit("leave", to = "server")
                client.awaitConnected(2)
                seen.last().text("token") shouldBe "token-$given"
                seen.last().text("reconnection_token") shouldBe null
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = ["close", "cut", "garbage", "silence", "no workspace"])
    fun `whatever else goes wrong in the handshake is met with further attempts`(how: String) {
        val wrong: WrongSocket.() -> Unit = {
            seen.add(credentials)
            when (how) {
                "close" -> close(1008, "go away")
                "garbage" -> text("garbage").also { ignore() }
                "silence" -> ignore()
                "no workspace" -> greet("workspace" to null).also { ignore() }
            }
        }
        withWrongHub(first, wrong, wrong, last) {
            withClient({ connectTimeout = Soon }) { client ->
                client.emit("leave", to = "server")
                client.awaitConnected(2)
                accepted shouldBe 4
                client.state.value
                    .shouldBeInstanceOf<ConnectionState.Connected>()
                    .generation shouldBe 2
            }
        }
    }

    private fun JsonObject.text(key: String): String? = (this[key] ?: JsonNull).jsonPrimitive.contentOrNull

    private companion object {
        val Soon = kotlin.time.Duration.parse("500ms")
    }
}
