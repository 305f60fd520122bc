package io.hypha.rpc.connection

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.Station
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.jwtUntil
import io.hypha.rpc.testing.withStations
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.handshakeRefusal
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** As whom a client comes back, and which refusals are the end (protocol §1.3, §1.7, §15.1 Q3). */
@OptIn(ExperimentalCoroutinesApi::class)
class ComingBackAsTest {
    private var given = 0
    private val doors = Doors { welcome(it) }

    /** Every link has another token to come back with. */
    private fun welcome(identity: Identity) = withToken(infoOf(identity.clientId), "back-${++given}")

    private fun withToken(
        info: ConnectionInfo,
        token: String,
    ) = ConnectionInfo(JsonObject(info.entries + ("reconnection_token" to JsonPrimitive(token))))

    private val shown get() = doors.seen.map { "${it.workspace}/${it.clientId} ${it.token} ${it.reconnectionToken}" }

    private suspend fun TestScope.cut() {
        doors.visitors
            .receive()
            .right
            .close("gone")
        runCurrent()
    }

    private fun provider(ask: suspend () -> String?) = TokenRenewal(ask, 10.seconds, { 1_700_000_000L }, HyphaLogger.Silent)

    /** Refuses whoever shows a token to come back with. */
    private fun refuseTokensToComeBack(reason: String = "Authentication error: The token has expired. Please fetch a new one") {
        doors.answer = { if (it.reconnectionToken != null) throw handshakeRefusal(reason) else welcome(it) }
    }

    @Test
    fun `it shows the token to come back with that the newest link was given, beside its own`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin(Identity("alice", null, "mine"))
            repeat(2) {
                advanceTimeBy(10.seconds)
                cut()
            }
            shown shouldContainExactly listOf("null/alice mine null", "ws/alice mine back-1", "ws/alice mine back-2")
        }

    @Test
    fun `a token that was refreshed is the newest`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            doors.refreshed += "refreshed"
            station.begin()
            runCurrent()
            cut()
            shown.last() shouldBe "ws/alice null refreshed"
        }

    @Test
    fun `when the token to come back with is refused, its own token is tried once, alone`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin(Identity("alice", null, "mine"))
            refuseTokensToComeBack()
            cut()
            shown.drop(1) shouldContainExactly listOf("ws/alice mine back-1", "ws/alice mine null")
            station.connection.state.value shouldBe ConnectionState.Connected(2)
            station.connection.identity!!.reconnectionToken shouldBe "back-2"
        }

    @Test
    fun `the two tokens, when both are replaced at the same time, are both the new ones`() =
        runTest {
            val opener = LinkOpener(Doors(), null, HyphaLogger.Silent)
            opener.first(Identity("alice", token = "0"))
            val changes =
                listOf<(Identity) -> Identity>(
                    { it.with(token = "${it.token?.toInt()?.plus(1)}") },
                    { it.with(reconnectionToken = "${(it.reconnectionToken ?: "0").toInt() + 1}") },
                )
            changes.map { change -> thread { repeat(20_000) { opener.update(change) } } }.forEach(Thread::join)
            opener.identity?.token shouldBe "20000"
            opener.identity?.reconnectionToken shouldBe "20000"
        }

    @Test
    fun `a provider is asked for a fresh token only when the token to come back with is refused`() =
        withStations { make ->
            var asked = 0
            val station = make { Station(this, doors, tokens = provider { jwtUntil(1_800_000_000L, "${++asked}") }) }
            station.begin()
            cut()
            asked shouldBe 1
            refuseTokensToComeBack()
            advanceTimeBy(10.seconds)
            cut()
            asked shouldBe 2
            doors.seen.last().token shouldBe jwtUntil(1_800_000_000L, "2")
            doors.seen.last().reconnectionToken shouldBe null
            station.connection.state.value shouldBe ConnectionState.Connected(3)
        }

    @Test
    fun `a provider that fails, or gives no answer, is asked again`() =
        withStations { make ->
            var asked = 0
            val tokens =
                provider {
                    when (++asked) {
                        1 -> "first"
                        2 -> error("the vault is closed to the-secret")
                        3 -> awaitCancellation()
                        else -> "fresh"
                    }
                }
            val station = make { Station(this, doors, tokens = tokens) }
            station.begin()
            advanceTimeBy(5.seconds)
            refuseTokensToComeBack()
            cut()
            advanceTimeBy(1.minutes)
            station.states.drop(2) shouldContainExactly
                listOf("5.0 Reconnecting 1 in 0s", "5.0 Reconnecting 2 in 1s", "16.0 Reconnecting 3 in 2s", "18.0 Connected 2")
            doors.seen.last().token shouldBe "fresh"
        }

    @Test
    fun `when both are refused the connection ends, and both reasons are there`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin(Identity("alice", null, "mine"))
            doors.answer = {
                throw handshakeRefusal("Authentication error: " + if (it.reconnectionToken != null) "expired" else "revoked")
            }
            cut()
            station.end!!.message shouldBe "Server refused reconnection: Authentication error: revoked"
            station.end!!
                .cause!!
                .suppressed
                .single()
                .message shouldBe "Authentication error: expired"
            for (text in listOf(station.end.toString(), station.end!!.stackTraceToString())) {
                text shouldNotContain "mine"
                text shouldNotContain "back-1"
            }
        }

    @Test
    fun `a server that connects it as somebody else is refused by it`() =
        withStations { make ->
            for (other in listOf(infoOf("alice", "elsewhere"), infoOf("bob"))) {
                val station = make { Station(this, doors) }
                doors.answer = { welcome(it) }
                station.begin(Identity("alice", "ws"))
                doors.answer = { other }
                cut()
                station.end!!.message shouldContain
                    "the server connected this client as ${other.workspace}/${other.clientId}, not as ws/alice"
                // The links to the wrong address: closed, both of them.
                repeat(2) {
                    doors.visitors
                        .receive()
                        .right
                        .receive()
                        .shouldBeInstanceOf<LinkEvent.Closed>()
                }
            }
        }

    @Test
    fun `refusals that pass by themselves are told from those that do not`() {
        val passing =
            listOf(
                handshakeRefusal("Server busy, please retry"),
                handshakeRefusal("come back tomorrow", code = 1013),
                handshakeRefusal("Connection limit exceeded: 200 connections of user u"),
                handshakeRefusal("Failed to establish connection: Client already exists and is active: ws/alice"),
                handshakeRefusal("Authentication payload timeout"),
                handshakeRefusal("the server is shutting down"),
                handshakeRefusal("Failed to establish connection: 'Workspace ws does not exist or is not accessible'"),
            )
        val final =
            listOf(
                handshakeRefusal("Authentication error: The token has expired. Please fetch a new one"),
                handshakeRefusal("Failed to establish connection: Failed to authenticate user: Token has been revoked"),
                handshakeRefusal("Failed to establish connection: Permission denied for workspace: ws"),
                handshakeRefusal("Failed to establish connection: Failed to authenticate user: Client id mismatch, disconnecting"),
                handshakeRefusal("User is blocked: u"),
                handshakeRefusal("IP is blocked: 127.0.0.1", code = 1008),
                handshakeRefusal("go away"),
            )
        passing.filter { isFinal(it, Duration.ZERO) }.map { it.message } shouldContainExactly emptyList()
        final.filterNot { isFinal(it, Duration.ZERO) }.map { it.message } shouldContainExactly emptyList()
    }

    @Test
    fun `a workspace that a server does not know counts as lost when it does not know it a minute later either`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            advanceTimeBy(10.seconds)
            doors.answer = { throw handshakeRefusal("Failed to establish connection: 'Workspace ws does not exist or is not accessible'") }
            cut()
            advanceTimeBy(30.seconds)
            station.connection.state.value
                .shouldBeInstanceOf<ConnectionState.Reconnecting>()
            advanceTimeBy(60.seconds)
            station.states.last() shouldBe "73.0 Closed"
        }

    @Test
    fun `a first connection that is refused fails at once, whatever the reason`() =
        withStations { make ->
            for (reason in listOf("Server busy, please retry", "Authentication error: expired")) {
                doors.answer = { throw handshakeRefusal(reason) }
                val station = make { Station(this, doors) }
                val failure = runCatching { station.begin() }.exceptionOrNull()
                failure.shouldBeInstanceOf<HyphaException>().message shouldBe reason
                (failure is AuthenticationException) shouldBe (reason.startsWith("Auth"))
            }
            doors.seen.size shouldBe 2
        }
}
