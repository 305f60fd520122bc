package io.hypha.rpc.conformance.faults

import io.hypha.rpc.ktor.ConnectOptions
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.ValueSource
import java.util.concurrent.LinkedBlockingQueue

/** A server that has let a client in and then ends the connection, for whatever reason (protocol §1.5). */
class ClosedByServerTest {
    @ParameterizedTest
    @ValueSource(ints = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4999])
    fun `after it was let in a client comes back whatever the code of the close frame says`(code: Int) =
        comesBack(Engine.Cio, "code $code") { close(code, "because") }

    @ParameterizedTest
    @ValueSource(ints = [1000, 1001, 1003, 1008, 1009, 1011, 1012, 1013])
    fun `after it was let in a client comes back when an error frame and a close frame end the connection`(code: Int) =
        comesBack(Engine.Cio, "Rate limit exceeded") { refuse("Rate limit exceeded: too many messages per second", code) }

    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `with each engine a close frame leads back`(engine: Engine) = comesBack(engine, "because") { close(1012, "because") }

    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `with each engine the end without a close frame leads back`(engine: Engine) = comesBack(engine, "1006") { }

    @Test
    fun `after it was let in a client comes back when a close frame has no code`() =
        comesBack(Engine.Cio, "Connection lost") { frame(WebSocketFrames.CLOSE, ByteArray(0)) }

    @Test
    fun `a close frame with a reason that is too long leads back`() =
        comesBack(Engine.Cio, "Connection lost") { close(1008, "x".repeat(200)) }

    @Test
    fun `a frame that is no WebSocket frame leads back`() =
        comesBack(Engine.Cio, "Connection lost") {
            frame(OPCODE_OF_NOTHING, "?".encodeToByteArray())
            ignore()
        }

    /** The client comes back at once, under the same id and with its reconnection token, and is served. */
    private fun comesBack(
        engine: Engine,
        cause: String,
        end: WrongSocket.() -> Unit,
    ) {
        val credentials = LinkedBlockingQueue<Map<String, Any?>>()
        val returned = LinkedBlockingQueue<String>()
        withWrongHub(
            {
                greet()
                serveUntil("leave")
                end()
            },
            {
                credentials.add(this.credentials)
                greet()
                serve { returned.add(it.kind) }
            },
        ) {
            val attempts = RecordedAttempts()
            val options: ConnectOptions.() -> Unit = {
                this.engine = engine.factory
                reconnect = attempts
            }
            withClient(options) { client ->
                client.emit("leave", to = "server")
                client.awaitConnected(2)
                attempts
                    .single()
                    .cause.message
                    .orEmpty() shouldContain cause
                val second = credentials.take()
                second["client_id"] shouldBe JsonPrimitive("client")
                second["workspace"] shouldBe JsonPrimitive(WrongSocket.WORKSPACE)
                second["reconnection_token"] shouldBe JsonPrimitive(WrongSocket.RECONNECTION_TOKEN)
                (second["token"] ?: JsonNull) shouldBe JsonPrimitive("token")
                returned.take() shouldBe "services.default.register_service"
                client.manager.call<Any?>("echo", "hello").shouldBeNull()
                accepted shouldBe 2
            }
        }
    }

    private companion object {
        const val OPCODE_OF_NOTHING = 5
    }
}
