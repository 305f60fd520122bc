package io.hypha.rpc.leaks

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.client.TokenProvider
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource

/** What is left of a connection that is closed while it comes back. */
@OptIn(ExperimentalCoroutinesApi::class)
class CloseWhileReconnectingTest {
    /** What goes on when the connection is closed. */
    enum class Phase {
        /** The link is being made. */
        Opening,

        /** The server is to take the services again, and does not answer. */
        Restoring,

        /** The last attempt has failed, and the next one is to come. */
        Waiting,

        /** The token to come back with was refused, and the provider is to give another one. */
        AwaitingToken,
    }

    /** How it is closed. */
    enum class End { Closed, Cancelled }

    /** A server that lets a client in once; from then on it does what the [phase] needs. */
    private class Door(
        private val phase: Phase,
    ) : Transport {
        val pairs = ArrayList<LinkedPair>()

        override suspend fun open(identity: Identity): Link {
            if (pairs.isNotEmpty()) {
                when (phase) {
                    Phase.Opening -> awaitCancellation()
                    Phase.Restoring -> Unit
                    Phase.Waiting -> throw ConnectionClosedException("cannot connect")
                    Phase.AwaitingToken -> throw AuthenticationException("The token has expired")
                }
            }
            val info = infoOf("alice").entries + ("reconnection_token" to JsonPrimitive("back"))
            return LinkedPair(ConnectionInfo(JsonObject(info)), infoOf("server", "*"), capacity = 1024).also(pairs::add).left
        }
    }

    private suspend fun TestScope.closeIn(
        phase: Phase,
        end: End,
    ) {
        val outer = Job()
        val door = Door(phase)
        var asked = 0
        val options =
            HyphaOptions().apply {
                clientId = "alice"
                coroutineContext = StandardTestDispatcher(testScheduler) + outer
                timeSource = testScheduler.timeSource
                tokenProvider = TokenProvider { if (asked++ == 0) "token" else awaitCancellation() }
            }
        val alice = HyphaConnection.connect(door, options, announces = false)
        val waiting = launch { failureOf { alice.echo("hello") }.shouldBeInstanceOf<ConnectionClosedException>() }
        runCurrent()
        door.pairs
            .single()
            .right
            .close("cut")
        runCurrent()
        alice.state.value.shouldBeInstanceOf<ConnectionState.Reconnecting>()
        if (end == End.Closed) alice.close() else outer.cancel()
        alice.awaitClosed()
        waiting.join()
        runCurrent()
        alice.state.value.shouldBeInstanceOf<ConnectionState.Closed>()
        outer.children.count() shouldBe 0
        for (pair in door.pairs) withClue("the server sees the end") { drained(pair.right).shouldBeInstanceOf<LinkEvent.Closed>() }
        outer.cancel()
    }

    private suspend fun failureOf(action: suspend () -> Unit): HyphaException? =
        try {
            action()
            null
        } catch (e: HyphaException) {
            e
        }

    /** The last thing that arrives. */
    private suspend fun drained(link: Link): LinkEvent {
        while (true) {
            val event = link.receive()
            if (event !is LinkEvent.Message) return event
        }
    }

    @ParameterizedTest
    @EnumSource(Phase::class)
    fun `nothing is left of a connection that is closed while it comes back`(phase: Phase) = endOften(phase, End.Closed)

    @ParameterizedTest
    @EnumSource(Phase::class)
    fun `nothing is left of a connection whose job is cancelled while it comes back`(phase: Phase) = endOften(phase, End.Cancelled)

    private fun endOften(
        phase: Phase,
        end: End,
    ) = runTest {
        Endurance(this, emptyList(), warmUp = 20).shouldLeaveNothing(repetitions(100)) { closeIn(phase, end) }
    }
}
