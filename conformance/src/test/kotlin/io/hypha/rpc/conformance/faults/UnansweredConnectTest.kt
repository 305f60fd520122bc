package io.hypha.rpc.conformance.faults

import io.hypha.rpc.ConnectionClosedException
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.websocket.WebSockets
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** A server that accepts connections and says nothing on them, or that nobody listens for. */
class UnansweredConnectTest {
    @ParameterizedTest
    @EnumSource(Engine::class, names = ["Cio", "Jdk"])
    fun `a connect that is not answered fails after the connect timeout and leaves no socket`(engine: Engine) =
        FaultStage.test {
            val proxy = proxy()
            proxy.inject(Fault.Silence)
            shouldThrow<ConnectionClosedException> {
                connect(proxy) {
                    this.engine = engine.factory
                    connectTimeout = Short
                }
            }.message.orEmpty() shouldContain "did not answer the handshake within $Short"
            eventually(5.seconds) { proxy.open shouldBe 0 }
        }

    @Test
    fun `with a client of the user's own, a connect that is not answered leaves no socket either`() =
        HttpClient(CIO) { install(WebSockets) }.use { own ->
            FaultStage.test {
                val proxy = proxy()
                proxy.inject(Fault.Silence)
                shouldThrow<ConnectionClosedException> {
                    connect(proxy) {
                        httpClient = own
                        connectTimeout = Short
                    }
                }
                eventually(5.seconds) { proxy.open shouldBe 0 }
                proxy.heal()
                connect(proxy) { httpClient = own }.ping(connect().clientId)
            }
        }

    @Test
    fun `a connect that is cancelled while nobody answers leaves no socket`() =
        FaultStage.test {
            val proxy = proxy()
            proxy.inject(Fault.Silence)
            coroutineScope {
                val connecting =
                    async {
                        connect(proxy) { connectTimeout = 1.minutes }
                    }
                eventually(5.seconds) { proxy.open shouldBe 1 }
                connecting.cancelAndJoin()
            }
            eventually(5.seconds) { proxy.open shouldBe 0 }
        }

    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `while it comes back, a client tries again after each connect timeout, and is back when it is answered`(engine: Engine) =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val client =
                connect(proxy) {
                    this.engine = engine.factory
                    connectTimeout = Short
                }
            val service = client.getService(Workshop.ID)
            proxy.inject(Fault.Silence)
            proxy.inject(Fault.Cut)
            for (attempt in 2..3) {
                client
                    .awaitLost(attempt)
                    .cause.message
                    .orEmpty() shouldContain "did not answer the handshake"
            }
            proxy.heal()
            client.awaitConnected(2)
            service.shouldWork()
            // OkHttp gives up by itself, later.
            if (engine != Engine.Ok) eventually(5.seconds) { proxy.open shouldBe 1 }
        }

    @Test
    fun `while nobody listens, a client tries again ever more seldom, and is back when somebody does`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val attempts = RecordedAttempts()
            val client = connect(proxy) { reconnect = attempts }
            val service = client.getService(Workshop.ID)
            proxy.inject(Fault.Refuse)
            proxy.inject(Fault.Cut)
            client
                .awaitLost(attempt = 6)
                .cause.message
                .orEmpty() shouldContain "cannot connect to"
            attempts.waits shouldBe listOf(0, 50, 100, 200, 400, 500).map { it.milliseconds }
            proxy.heal()
            client.awaitConnected(2)
            service.shouldWork()
        }

    private companion object {
        val Short = 1500.milliseconds
    }
}
