package io.hypha.rpc.connection

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.Station
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.withStations
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** When a connection comes back, and what its state says meanwhile (protocol §1.11). All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class ReconnectionTest {
    private val doors = Doors()

    /** The server ends the newest link. */
    private suspend fun TestScope.cut(reason: String = "gone") {
        doors.visitors
            .receive()
            .right
            .close(reason)
        runCurrent()
    }

    @Test
    fun `a lost link is made again at once`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            advanceTimeBy(60.seconds)
            cut()
            station.states shouldContainExactly
                listOf("0.0 Connecting", "0.0 Connected 1", "60.0 Reconnecting 1 in 0s", "60.0 Connected 2")
            station.restored shouldBe 1
            station.coroutines shouldBe 1
            doors.closings shouldContainExactly listOf("1: the client has ended the link")
        }

    @Test
    fun `while nobody answers, each attempt waits twice as long as the one before, up to a minute`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            advanceTimeBy(60.seconds)
            doors.shut()
            cut()
            advanceTimeBy(190.seconds)
            doors.answer = { infoOf(it.clientId) }
            advanceTimeBy(60.seconds)
            station.states.drop(2) shouldContainExactly
                listOf(
                    "60.0 Reconnecting 1 in 0s",
                    "60.0 Reconnecting 2 in 1s",
                    "61.0 Reconnecting 3 in 2s",
                    "63.0 Reconnecting 4 in 4s",
                    "67.0 Reconnecting 5 in 8s",
                    "75.0 Reconnecting 6 in 16s",
                    "91.0 Reconnecting 7 in 32s",
                    "123.0 Reconnecting 8 in 1m",
                    "183.0 Reconnecting 9 in 1m",
                    "243.0 Reconnecting 10 in 1m",
                    "303.0 Connected 2",
                )
        }

    @Test
    fun `an error of the machine is a failed attempt like any other`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            advanceTimeBy(60.seconds)
            doors.answer = { throw OutOfMemoryError("unable to create native thread") }
            cut()
            doors.answer = { infoOf(it.clientId) }
            advanceTimeBy(2.seconds)
            station.states.drop(2) shouldContainExactly
                listOf("60.0 Reconnecting 1 in 0s", "60.0 Reconnecting 2 in 1s", "61.0 Connected 2")
        }

    @Test
    fun `a link that lasted makes the waits begin anew`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            for (cycle in 1..3) {
                advanceTimeBy(5.seconds)
                val open = doors.answer
                doors.shut()
                cut()
                advanceTimeBy(500.milliseconds)
                doors.answer = open
                advanceTimeBy(500.milliseconds)
                runCurrent()
            }
            station.states.drop(2).map { it.substringAfter(' ') } shouldContainExactly
                (2..4).flatMap { listOf("Reconnecting 1 in 0s", "Reconnecting 2 in 1s", "Connected $it") }
        }

    @Test
    fun `two programs that take the same id from each other slow down`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            runCurrent()
            while (currentTime < 100_000) {
                cut("superseded")
                while (station.connection.state.value !is ConnectionState.Connected) advanceTimeBy(1.seconds)
            }
            station.states.filter { "Reconnecting" in it }.map { it.substringAfterLast(' ') } shouldContainExactly
                listOf("0s", "1s", "2s", "4s", "8s", "16s", "32s", "1m")
            station.states.filter { "Reconnecting" in it }.all { "Reconnecting 1 " in it } shouldBe true
        }

    @Test
    fun `the jitter of a seeded random shows in the state and in the time of the attempts`() =
        withStations { make ->
            val station = make { Station(this, doors, ExponentialBackoff(random = Random(5))) }
            val attempts = mutableListOf<Long>()
            station.begin()
            doors.answer = {
                attempts += currentTime
                throw ConnectionClosedException("refused")
            }
            cut()
            advanceTimeBy(40.seconds)
            val random = Random(5)
            val expected = mutableListOf(0L)
            for (wait in listOf(1, 2, 4, 8, 16)) {
                expected += expected.last() + (wait.seconds * (1 + 0.1 * (2 * random.nextDouble() - 1))).inWholeMilliseconds
            }
            attempts.zip(expected).all { (was, wanted) -> was - wanted in -5L..5L } shouldBe true
            attempts.size shouldBe expected.size
        }

    @Test
    fun `a policy that gives up ends the connection, which says how long it tried and what failed last`() =
        withStations { make ->
            val station = make { Station(this, doors, { if (it.number > 3) null else 10.seconds }) }
            station.begin()
            doors.shut()
            cut()
            advanceTimeBy(1.hours)
            station.states.drop(2) shouldContainExactly
                listOf("0.0 Reconnecting 1 in 10s", "10.0 Reconnecting 2 in 10s", "20.0 Reconnecting 3 in 10s", "30.0 Closed")
            station.end.shouldBeInstanceOf<ConnectionClosedException>()
            station.end!!.message shouldBe "gave up after 30s and 3 attempts to come back: cannot connect"
            station.connection.state.value
                .shouldBeInstanceOf<ConnectionState.Closed>()
                .cause shouldBe station.end
            station.coroutines shouldBe 0
        }

    @Test
    fun `without reconnection the end of the link is the end, with its reason`() =
        withStations { make ->
            val station = make { Station(this, doors, ReconnectPolicy.Never) }
            station.begin()
            cut("maintenance")
            station.states.last() shouldBe "0.0 Closed"
            station.end!!.message shouldBe "Connection lost: maintenance (code 1000)"
            doors.seen.size shouldBe 1
        }

    @Test
    fun `a policy that throws ends the connection, and is its cause`() =
        withStations { make ->
            for (failure in listOf(IllegalStateException("on purpose"), NotImplementedError("yet"), CancellationException("odd"))) {
                val station = make { Station(this, doors, { throw failure }) }
                station.begin()
                cut()
                station.states.last() shouldContain "Closed"
                station.end!!.message shouldContain "the reconnect policy failed with ${failure::class.simpleName}"
                station.end!!.cause shouldBe failure
            }
        }

    @Test
    fun `a policy sees what there is to know of an attempt, and may say anything`() =
        withStations { make ->
            val seen = mutableListOf<ReconnectAttempt>()
            val waits = ArrayDeque(listOf((-5).seconds, 7.seconds, Duration.INFINITE))
            val station = make { Station(this, doors, { attempt -> waits.removeFirst().also { seen += attempt } }) }
            station.begin()
            advanceTimeBy(1.seconds)
            doors.shut()
            cut("gone")
            advanceTimeBy(72.hours)
            seen.map { it.toString() } shouldContainExactly
                listOf(
                    "ReconnectAttempt(number=1, flaps=1, downtime=0s, cause=Connection lost: gone (code 1000))",
                    "ReconnectAttempt(number=2, flaps=1, downtime=0s, cause=cannot connect)",
                    "ReconnectAttempt(number=3, flaps=1, downtime=7s, cause=cannot connect)",
                )
            station.states.drop(2) shouldContainExactly
                listOf("1.0 Reconnecting 1 in 0s", "1.0 Reconnecting 2 in 7s", "8.0 Reconnecting 3 in Infinity")
            // One that waits for ever waits for somebody who knows better.
            doors.answer = { infoOf(it.clientId) }
            station.connection.forceReconnect()
            runCurrent()
            station.connection.state.value shouldBe ConnectionState.Connected(2)
        }

    @Test
    fun `a link that could not be restored is given up, and the attempts go on counting`() =
        withStations { make ->
            var failures = 0
            val station =
                make {
                    Station(this, doors) {
                        delay(3.seconds)
                        when (++failures) {
                            1 -> throw OverloadedException("not now")
                            2 -> error("a description that cannot be made")
                        }
                    }
                }
            station.begin()
            advanceTimeBy(60.seconds)
            cut()
            advanceTimeBy(60.seconds)
            station.states.drop(2) shouldContainExactly
                listOf(
                    "60.0 Reconnecting 1 in 0s",
                    "63.0 Reconnecting 2 in 1s",
                    "67.0 Reconnecting 3 in 2s",
                    "72.0 Connected 2",
                )
            doors.closings.size shouldBe 3
            station.restored shouldBe 1
        }

    @Test
    fun `a link that is lost while it is restored leaves nothing of the restoration behind`() =
        withStations { make ->
            var running = 0
            val station =
                make {
                    Station(this, doors) {
                        running++
                        try {
                            delay(10.seconds)
                        } finally {
                            running--
                        }
                    }
                }
            station.begin()
            cut()
            running shouldBe 1
            cut()
            running shouldBe 0
            advanceTimeBy(1.seconds)
            runCurrent()
            running shouldBe 1
            station.states.drop(2) shouldContainExactly listOf("0.0 Reconnecting 1 in 0s", "0.0 Reconnecting 2 in 1s")
            advanceTimeBy(10.seconds)
            runCurrent()
            station.connection.state.value shouldBe ConnectionState.Connected(2)
            running shouldBe 0
        }

    @Test
    fun `what a transport fails with in a way of its own is no reason to give up`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            doors.answer = { error("a fault of the transport") }
            cut()
            advanceTimeBy(500.milliseconds)
            station.states.last() shouldBe "0.0 Reconnecting 2 in 1s"
            doors.answer = { infoOf(it.clientId) }
            advanceTimeBy(1.minutes)
            station.connection.state.value shouldBe ConnectionState.Connected(2)
        }

    @Test
    fun `a server that refuses for good ends the connection, in its own words`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            doors.answer = { throw AuthenticationException("Authentication error: the token was revoked") }
            cut()
            station.states.drop(2) shouldContainExactly listOf("0.0 Reconnecting 1 in 0s", "0.0 Closed")
            station.end.shouldBeInstanceOf<ConnectionClosedException>()
            station.end!!.message shouldBe "Server refused reconnection: Authentication error: the token was revoked"
            station.end!!.cause.shouldBeInstanceOf<AuthenticationException>()
            station.coroutines shouldBe 0
        }
}
