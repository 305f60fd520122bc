package io.hypha.rpc.conformance.faults

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.ProtocolException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import kotlin.time.Duration.Companion.milliseconds

/** A server that does not let a client in: the first connect fails, with a name and the server's reason, and is not repeated. */
class RefusedConnectionTest {
    @ParameterizedTest
    @MethodSource("refusals")
    fun `a refusal of the first connect is thrown with the server's own words, and with a name`(refusal: Refusal) =
        withWrongHub({ credentials.also { refuse(refusal.message, refusal.code) } }) {
            val failure = failureOfConnect()
            failure::class shouldBe refusal.exception
            failure.message.orEmpty() shouldContain refusal.message
            accepted shouldBe 1
        }

    @Test
    fun `an error frame alone is a refusal as well`() =
        withWrongHub({ credentials.also { error("Permission denied for workspace: x") } }) {
            failureOfConnect().shouldBeInstanceOf<PermissionDeniedException>()
        }

    @Test
    fun `a reason that does not fit into a close frame is read from the error frame`() =
        withWrongHub({ credentials.also { refuse("Authentication error: " + "x".repeat(500), 1008) } }) {
            failureOfConnect().message.orEmpty() shouldContain "x".repeat(500)
        }

    @Test
    fun `a close frame alone during the handshake is named, with its code and reason`() =
        withWrongHub({ credentials.also { close(1008, "no reason") } }) {
            val failure = failureOfConnect().shouldBeInstanceOf<ConnectionClosedException>()
            failure.message.orEmpty() shouldContain "1008"
            failure.message.orEmpty() shouldContain "no reason"
        }

    @Test
    fun `the end without a word during the handshake is named`() =
        withWrongHub({ credentials }) { failureOfConnect().shouldBeInstanceOf<ConnectionClosedException>() }

    @Test
    fun `a server that says nothing after the upgrade costs the connect timeout`() =
        withWrongHub({ ignore() }) {
            failureOfConnect { connectTimeout = 500.milliseconds }
                .shouldBeInstanceOf<ConnectionClosedException>()
                .message
                .orEmpty() shouldContain "did not answer"
        }

    @Test
    fun `an answer that is no JSON, or no object, or of another type is named and not quoted`() {
        for (answer in listOf("secret", "\"secret\"", "[]", "{}", """{"type":"welcome"}""", "")) {
            withClue(answer) {
                withWrongHub({ credentials.also { text(answer) }.also { ignore() } }) {
                    failureOfConnect().shouldBeInstanceOf<ProtocolException>().message.orEmpty() shouldNotContain "secret"
                }
            }
        }
    }

    @Test
    fun `a connection_info that lacks what a client needs is named`() {
        for (key in listOf("workspace", "client_id")) {
            withClue(key) {
                withWrongHub({ greet(key to null).also { ignore() } }) {
                    failureOfConnect().shouldBeInstanceOf<ProtocolException>().message.orEmpty() shouldContain key
                }
                withWrongHub({ greet(key to JsonPrimitive(7)).also { ignore() } }) {
                    failureOfConnect().shouldBeInstanceOf<ProtocolException>().message.orEmpty() shouldContain key
                }
            }
        }
    }

    @Test
    fun `another workspace than the one asked for is refused`() =
        withWrongHub({ greet("workspace" to JsonPrimitive("elsewhere")).also { ignore() } }) {
            failureOfConnect { workspace = WrongSocket.WORKSPACE }.message.orEmpty() shouldContain
                "Connected to the wrong workspace: elsewhere"
        }

    @Test
    fun `a connection_info without all that can be missing, and with much that is unknown, is good`() {
        val strange =
            arrayOf(
                "hypha_version" to null,
                "public_base_url" to null,
                "user" to null,
                "reconnection_token" to null,
                "reconnection_token_life_time" to JsonPrimitive("soon"),
                "message_rate" to JsonPrimitive(-5),
                "unknown" to JsonPrimitive("x".repeat(1_000_000)),
            )
        withWrongHub({ greet(*strange).also { serve() } }) {
            withClient { client ->
                client.manager.call<Any?>("echo", 1) shouldBe null
                client.generation shouldBe 1
            }
        }
    }

    @Test
    fun `binary frames before the connection_info are passed over`() =
        withWrongHub(
            {
                repeat(3) { binary(byteArrayOf(1, 2, 3)) }
                greet()
                serve()
            },
        ) {
            withClient { client -> client.generation shouldBe 1 }
        }

    @Test
    fun `a port where nobody listens is named`() {
        val port = Ports.free()
        kotlinx.coroutines.runBlocking {
            shouldThrow<ConnectionClosedException> {
                io.hypha.rpc.ktor
                    .connectToServer("http://127.0.0.1:$port") { impatient() }
            }.message.orEmpty() shouldContain "cannot connect"
        }
    }

    private suspend fun WrongHub.failureOfConnect(configure: io.hypha.rpc.ktor.ConnectOptions.() -> Unit = {}): HyphaException =
        shouldThrow<HyphaException> { withClient(configure) { } }

    class Refusal(
        val message: String,
        val code: Int,
        val exception: kotlin.reflect.KClass<out HyphaException>,
    ) {
        override fun toString() = "$message ($code)"
    }

    private companion object {
        /** Protocol §1.3. */
        @JvmStatic
        fun refusals() =
            listOf(
                Refusal("Authentication payload timeout", 1008, ConnectionClosedException::class),
                Refusal("Failed to decode authentication information", 1003, AuthenticationException::class),
                Refusal("Server busy, please retry", 1013, OverloadedException::class),
                Refusal(
                    "Failed to establish connection: Failed to authenticate user: Token has been revoked",
                    1001,
                    AuthenticationException::class,
                ),
                Refusal(
                    "Failed to establish connection: Failed to authenticate user: Client id mismatch, disconnecting",
                    1001,
                    AuthenticationException::class,
                ),
                Refusal("Authentication error: The token has expired. Please fetch a new one", 1008, AuthenticationException::class),
                Refusal(
                    "Failed to establish connection: 'Workspace X does not exist or is not accessible'",
                    1001,
                    AuthenticationException::class,
                ),
                Refusal("Failed to establish connection: Permission denied for workspace: X", 1001, PermissionDeniedException::class),
                Refusal("Failed to establish connection: Invalid client id: x/1", 1001, AuthenticationException::class),
                Refusal("User is blocked: tester", 1008, AuthenticationException::class),
                Refusal("Connection limit exceeded: user tester has 200 connections", 1008, OverloadedException::class),
                Refusal(
                    "Failed to establish connection: Client already exists and is active: ws-test/client",
                    1001,
                    AuthenticationException::class,
                ),
            )
    }
}
