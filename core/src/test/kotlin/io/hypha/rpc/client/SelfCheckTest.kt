package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.testing.FakeServer
import io.hypha.rpc.testing.FakeServer.Reaction
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.withServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** A client notices that its server has forgotten it (protocol §15.1, Q1). All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class SelfCheckTest {
    private suspend fun FakeServer.forget(message: Message) {
        peer(message.main["to"] as String).reject(message, "Connection has already been closed (client: ws/alice)")
    }

    @Test
    fun `a client that is idle sends itself a message once a minute, which changes nothing`() =
        withServer { alice, server ->
            advanceTimeBy(10.minutes + 1.seconds)
            // Two frames each, and each minute begins when the last of them has arrived.
            server.toItself shouldBe 20
            alice.state.value shouldBe ConnectionState.Connected(1)
        }

    @Test
    fun `one to which messages come does not`() =
        withServer { _, server ->
            repeat(20) {
                advanceTimeBy(30.seconds)
                server.bob.send(mapOf("type" to "news", "from" to "ws/bob", "to" to "ws/alice"))
            }
            server.toItself shouldBe 0
        }

    @Test
    fun `nor does one that wants no pings`() =
        withServer({ pingInterval = Duration.INFINITE }) { _, server ->
            advanceTimeBy(1.hours)
            server.toItself shouldBe 0
        }

    @Test
    fun `a client that the server has forgotten makes another link`() =
        withServer { alice, server ->
            server.onOwn = { server.forget(it) }
            advanceTimeBy(61.seconds)
            alice.state.value shouldBe ConnectionState.Connected(2)
        }

    @Test
    fun `unless its policy is to make none`() =
        withServer({ reconnect = ReconnectPolicy.Never }) { alice, server ->
            server.onOwn = { server.forget(it) }
            alice.awaitClosed()
            currentTime shouldBe 60_000
            val cause = (alice.state.value as ConnectionState.Closed).cause
            cause?.message shouldBe "Connection lost: messages to this client do not arrive any more (code 1006)"
        }

    @Test
    fun `one whose messages vanish makes another link when that was not always so`() =
        withServer { alice, server ->
            server.onOwn = {}
            advanceTimeBy(10.minutes)
            alice.state.value shouldBe ConnectionState.Connected(1)
            server.onOwn = { server.peer("ws/alice").send(it.main, it.extra) }
            advanceTimeBy(3.minutes)
            server.onOwn = {}
            advanceTimeBy(90.seconds)
            alice.state.value shouldBe ConnectionState.Connected(2)
        }

    @Test
    fun `a call that is refused in the words of a server that has forgotten the client makes it look at once`() =
        withServer { alice, server ->
            server.onOwn = { server.forget(it) }
            server.onCall =
                { if (it.method.endsWith("echo")) Reaction.Refuse("Connection has already been closed (client: ws/alice)") else null }
            shouldThrow<ConnectionClosedException> { alice.echo("x") }.didNotRun shouldBe true
            runCurrent()
            alice.state.value shouldBe ConnectionState.Connected(2)
        }

    @Test
    fun `also when the server does not even answer to what the client sends itself`() =
        withServer { alice, server ->
            server.onOwn = {}
            server.onCall =
                { if (it.method.endsWith("echo")) Reaction.Refuse("Connection has already been closed (client: ws/alice)") else null }
            shouldThrow<ConnectionClosedException> { alice.echo("x") }
            advanceTimeBy(6.seconds)
            alice.state.value shouldBe ConnectionState.Connected(2)
        }

    @Test
    fun `a peer that only says so has it look now and then, and changes nothing`() =
        withServer { alice, server ->
            server.onCall =
                { if (it.method.endsWith("echo")) Reaction.Refuse("Connection has already been closed (client: ws/alice)") else null }
            repeat(100) {
                shouldThrow<ConnectionClosedException> { alice.echo("x") }
                advanceTimeBy(100)
            }
            alice.state.value shouldBe ConnectionState.Connected(1)
            server.toItself shouldBe 2
        }

    @Test
    fun `the words about another client are none of its business`() =
        withServer { alice, server ->
            server.onCall =
                { if (it.method.endsWith("echo")) Reaction.Refuse("Connection has already been closed (client: ws/bob)") else null }
            shouldThrow<io.hypha.rpc.RemoteException> { alice.echo("x") }
            runCurrent()
            server.toItself shouldBe 0
        }

    @Test
    fun `a server that cannot be cured is not bothered more than once a minute`() =
        withServer { alice, server ->
            server.onOwn = { server.forget(it) }
            advanceTimeBy(10.minutes)
            val generation = (alice.state.value as ConnectionState.Connected).generation
            (generation in 2..11) shouldBe true
        }
}
