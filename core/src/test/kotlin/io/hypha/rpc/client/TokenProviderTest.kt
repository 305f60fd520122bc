package io.hypha.rpc.client

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.connection.Connection
import io.hypha.rpc.connection.ConnectionHandler
import io.hypha.rpc.connection.ConnectionSettings
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.connection.TokenRenewal
import io.hypha.rpc.testing.GivenLink
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.jwtUntil
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** When a token provider is asked, what becomes of its answers, and what of its failures. All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class TokenProviderTest {
    /** Notes who connects. */
    private class Door(
        private val info: ConnectionInfo = infoOf("alice"),
    ) : Transport {
        val seen = mutableListOf<Identity>()

        override suspend fun open(identity: Identity): Link {
            seen += identity
            return LinkedPair(info, infoOf("peer")).left
        }
    }

    private val connections = mutableListOf<AutoCloseable>()

    /** A connection that a failed test leaves open would go on for ever in virtual time. */
    private fun withConnections(test: suspend TestScope.() -> Unit) =
        runTest {
            try {
                test()
            } finally {
                connections.forEach { it.close() }
            }
        }

    private fun TestScope.epoch(): Long = NOW + currentTime / 1000

    private suspend fun TestScope.connect(
        door: Transport,
        configure: HyphaOptions.() -> Unit,
    ): HyphaConnection {
        val options =
            HyphaOptions().apply {
                coroutineContext = StandardTestDispatcher(testScheduler)
                timeSource = testScheduler.timeSource
                epochSeconds = { epoch() }
                reconnect = ReconnectPolicy.Never
                configure()
            }
        return HyphaConnection.connect(door, options, announces = false).also(connections::add)
    }

    @Test
    fun `the provider's token is the one to connect with`() =
        withConnections {
            val door = Door()
            connect(door) { tokenProvider = TokenProvider { "given" } }.close()
            connect(door) { tokenProvider = TokenProvider { null } }.close()
            door.seen.map { it.token } shouldContainExactly listOf("given", null)
        }

    @Test
    fun `a token and a provider of tokens exclude each other`() =
        withConnections {
            val door = Door()
            val error =
                shouldThrow<IllegalArgumentException> {
                    connect(door) {
                        token = "secret"
                        tokenProvider = TokenProvider { "other" }
                    }
                }
            error.message!! shouldContain "tokenProvider"
            error.message!! shouldNotContain "secret"
            door.seen.shouldBeEmpty()
        }

    @Test
    fun `a provider that fails is an authentication problem with the failure as its cause`() =
        withConnections {
            val failure = IllegalStateException("the token abc is stale")
            val error = shouldThrow<AuthenticationException> { connect(Door()) { tokenProvider = TokenProvider { throw failure } } }
            error.cause!!::class to error.cause!!.message shouldBe (failure::class to failure.message)
            error.message!! shouldNotContain "abc"
            val ownTimeout = TokenProvider { withTimeout(1.seconds) { awaitCancellation() } }
            shouldThrow<AuthenticationException> { connect(Door()) { tokenProvider = ownTimeout } }
            shouldThrow<AuthenticationException> { connect(Door()) { tokenProvider = TokenProvider { " " } } }.message!! shouldContain
                "empty"
        }

    @Test
    fun `an error of the provider does not end the reading of the link`() =
        withConnections {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
            var asked = 0
            val connection =
                connect(GivenLink(pair.left)) {
                    tokenProvider = TokenProvider { if (asked++ == 0) jwtUntil(epoch() + 20) else TODO("not written yet") }
                }
            advanceTimeBy(11.seconds)
            asked shouldBe 2
            pair.right.close("maintenance")
            connection.awaitClosed()
        }

    @Test
    fun `a provider that gives no answer is given up after the connect timeout`() =
        withConnections {
            val error =
                shouldThrow<AuthenticationException> {
                    connect(Door()) {
                        connectTimeout = 7.seconds
                        tokenProvider = TokenProvider { awaitCancellation() }
                    }
                }
            error.message shouldBe "the token provider gave no answer within 7s"
            currentTime shouldBe 7000
        }

    @Test
    fun `whoever gives up connecting cancels the provider`() =
        withConnections {
            val isGone = CompletableDeferred<Unit>()
            val slow =
                TokenProvider {
                    try {
                        awaitCancellation()
                    } finally {
                        isGone.complete(Unit)
                    }
                }
            supervisorScope {
                val connecting = async { connect(Door()) { tokenProvider = slow } }
                runCurrent()
                connecting.cancelAndJoin()
                connecting.isCancelled shouldBe true
            }
            isGone.isCompleted shouldBe true
        }

    @Test
    fun `the provider is asked again five minutes before the token ends, and as long as there is a connection`() =
        withConnections {
            val asked = mutableListOf<Duration>()
            val provider =
                TokenProvider {
                    asked += currentTime.milliseconds
                    jwtUntil(epoch() + 3600)
                }
            val connection = connect(Door()) { tokenProvider = provider }
            advanceTimeBy(2.hours)
            asked shouldContainExactly listOf(Duration.ZERO, 55.minutes, 110.minutes)
            connection.close()
            connection.awaitClosed()
            advanceTimeBy(5.hours)
            asked.size shouldBe 3
        }

    @Test
    fun `a short-lived token is replaced halfway to its end`() =
        withConnections {
            val asked = mutableListOf<Long>()
            val provider =
                TokenProvider {
                    asked += currentTime / 1000
                    jwtUntil(epoch() + 20)
                }
            val connection = connect(Door()) { tokenProvider = provider }
            advanceTimeBy(31.seconds)
            asked shouldContainExactly listOf(0L, 10L, 20L, 30L)
            connection.close()
        }

    @Test
    fun `a token that does not say when it ends is replaced when the server says so, or not at all`() =
        withConnections {
            var asked = 0
            val provider = TokenProvider { "opaque ${asked++}" }
            val user = JsonObject(mapOf("id" to JsonPrimitive("u"), "expires_at" to JsonPrimitive(NOW + 1000)))
            val told = connect(Door(ConnectionInfo(JsonObject(infoOf("alice").entries + ("user" to user))))) { tokenProvider = provider }
            advanceTimeBy(701.seconds)
            asked shouldBe 2
            advanceTimeBy(24.hours)
            asked shouldBe 2
            told.close()
            val untold = connect(Door()) { tokenProvider = provider }
            advanceTimeBy(24.hours)
            asked shouldBe 3
            untold.close()
        }

    @Test
    fun `a provider that fails later is asked again, and the connection stays`() =
        withConnections {
            val asked = mutableListOf<Long>()
            val warnings = mutableListOf<String>()
            val provider =
                TokenProvider {
                    asked += currentTime / 1000
                    if (asked.size in 2..3) error("not now, and not for the-secret-token")
                    delay(1.seconds)
                    jwtUntil(epoch() + 1000)
                }
            val connection =
                connect(Door()) {
                    tokenProvider = provider
                    logger =
                        HyphaLogger { level, message, cause ->
                            if (level > HyphaLogger.Level.Debug) warnings += message + cause?.stackTraceToString().orEmpty()
                        }
                }
            advanceTimeBy(800.seconds)
            asked shouldContainExactly listOf(0L, 701L, 731L, 761L)
            warnings.size shouldBe 2
            // What a provider throws may quote a token.
            for (warning in warnings) warning shouldNotContain "the-secret-token"
            connection.close()
        }

    @Test
    fun `a provider with nothing newer is not asked without rest`() =
        withConnections {
            var asked = 0
            val connection = connect(Door()) { tokenProvider = TokenProvider { jwtUntil(NOW - 5, "${asked++}") } }
            advanceTimeBy(10.minutes)
            asked shouldBe 21
            connection.close()
        }

    @Test
    fun `the newest token is the one to come back with`() =
        withConnections {
            var count = 0
            val renewal =
                TokenRenewal({ jwtUntil(epoch() + 100, "${count++}") }, 30.seconds, { epoch() }, HyphaLogger.Silent)
            val link = LinkedPair(infoOf("alice"), infoOf("peer")).left
            val door =
                object : Transport {
                    override suspend fun open(identity: Identity): Link = link
                }
            val connection = Connection(door, backgroundScope, ConnectionSettings(pingInterval = Duration.INFINITE), renewal)
            connections += AutoCloseable { connection.close() }
            connection.open(Identity("alice", "ws"))
            connection.identity!!.token shouldBe jwtUntil(NOW + 100, "0")
            val deaf =
                object : ConnectionHandler {
                    override fun onMessage(message: Bytes) = Unit

                    override suspend fun restore(info: ConnectionInfo) = Unit

                    override fun onRestored(info: ConnectionInfo) = Unit

                    override fun onClosed(cause: HyphaException) = Unit
                }
            connection.start(deaf)
            advanceTimeBy(51.seconds)
            connection.identity!!.token shouldBe jwtUntil(NOW + 150, "1")
            connection.identity!!.clientId shouldBe "alice"
            connection.identity.toString() shouldNotContain connection.identity!!.token!!
            connection.close()
        }

    private companion object {
        const val NOW = 1_700_000_000L
    }
}
