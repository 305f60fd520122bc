package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.Station
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.withStations
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.MsgPackWriter
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Another link at once, and the end, in every phase of a connection. All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class ForcedReconnectionTest {
    private val doors = Doors()

    private suspend fun TestScope.cut() {
        doors.visitors
            .receive()
            .right
            .close("gone")
        runCurrent()
    }

    private fun Station.force(test: TestScope) {
        connection.forceReconnect()
        test.runCurrent()
    }

    @Test
    fun `a link that works is given up for another one, and that is no sign of trouble`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            repeat(3) { station.force(this) }
            station.states.drop(2) shouldContainExactly
                (2..4).flatMap { listOf("0.0 Reconnecting 1 in 0s", "0.0 Connected $it") }
            doors.closings.size shouldBe 3
        }

    @Test
    fun `what is sent right after it leaves over the other link`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            val old = doors.visitors.receive()
            val message = MsgPackWriter().apply { writeString("x") }.finish()
            station.connection.forceReconnect()
            val sending = launch(start = CoroutineStart.UNDISPATCHED) { station.connection.sink.send(message, "lane", Urgency.Ordinary) }
            sending.isCompleted shouldBe false
            sending.join()
            old.right.receive().shouldBeInstanceOf<LinkEvent.Closed>()
            doors.visitors
                .receive()
                .right
                .receive()
                .shouldBeInstanceOf<LinkEvent.Message>()
        }

    @Test
    fun `also without reconnection, whose policy is not asked`() =
        withStations { make ->
            val station = make { Station(this, doors, ReconnectPolicy.Never) }
            station.begin()
            station.force(this)
            station.connection.state.value shouldBe ConnectionState.Connected(2)
            cut()
            cut()
            station.states.last() shouldBe "0.0 Closed"
        }

    @Test
    fun `a wait is over at once, and the waits begin anew`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            advanceTimeBy(10.seconds)
            doors.shut()
            cut()
            advanceTimeBy(20.seconds)
            station.states.last() shouldBe "25.0 Reconnecting 6 in 16s"
            station.force(this)
            station.states.takeLast(2) shouldContainExactly listOf("30.0 Reconnecting 1 in 0s", "30.0 Reconnecting 2 in 1s")
            doors.answer = { infoOf(it.clientId) }
            station.force(this)
            station.states.takeLast(2) shouldContainExactly listOf("30.0 Reconnecting 1 in 0s", "30.0 Connected 2")
        }

    @Test
    fun `an attempt that hangs is given up for another one`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.begin()
            advanceTimeBy(10.seconds)
            var given = 0
            doors.answer = {
                try {
                    awaitCancellation()
                } finally {
                    given++
                }
            }
            cut()
            advanceTimeBy(1.hours)
            given shouldBe 0
            doors.answer = { infoOf(it.clientId) }
            station.force(this)
            given shouldBe 1
            station.states.drop(2) shouldContainExactly
                listOf("10.0 Reconnecting 1 in 0s", "3610.0 Reconnecting 1 in 0s", "3610.0 Connected 2")
        }

    @Test
    fun `a link that is being restored is given up for another one`() =
        withStations { make ->
            val station = make { Station(this, doors) { awaitCancellation() } }
            station.begin()
            advanceTimeBy(10.seconds)
            cut()
            station.restore = {}
            station.force(this)
            station.states.drop(2) shouldContainExactly
                listOf("10.0 Reconnecting 1 in 0s", "10.0 Reconnecting 1 in 0s", "10.0 Connected 2")
            doors.visitors
                .receive()
                .right
                .receive()
                .shouldBeInstanceOf<LinkEvent.Closed>()
        }

    @Test
    fun `before the start and after the end it does nothing`() =
        withStations { make ->
            val station = make { Station(this, doors) }
            station.connection.forceReconnect()
            station.begin()
            runCurrent()
            station.states.size shouldBe 2
            station.connection.close()
            station.force(this)
            station.states.last() shouldBe "0.0 Closed"
            doors.seen.size shouldBe 1
        }

    /** Brings a station into each phase; the value is how many links it has had by then. */
    private fun phases(): Map<String, suspend TestScope.(Station) -> Unit> =
        mapOf(
            "connected" to {},
            "waiting" to {
                doors.shut()
                cut()
            },
            "opening" to {
                doors.answer = { awaitCancellation() }
                cut()
            },
            "restoring" to { station ->
                station.restore = { awaitCancellation() }
                cut()
            },
        )

    @Test
    fun `closing in any phase leaves nothing`() =
        withStations { make ->
            for ((phase, bring) in phases()) {
                doors.answer = { infoOf(it.clientId) }
                doors.closings.clear()
                val station = make { Station(this, doors) }
                station.begin()
                advanceTimeBy(10.seconds)
                bring(station)
                station.connection.close(ConnectionClosedException("enough")) shouldBe true
                station.connection.close() shouldBe false
                runCurrent()
                station.stop()
                phase + " " + station.states.last().substringAfter(' ') shouldBe "$phase Closed"
                phase + " " + station.coroutines shouldBe "$phase 0"
                val links = if (phase == "restoring") 2 else 1
                doors.closings
                    .map { it.substringBefore(':') }
                    .distinct()
                    .size shouldBe links
                doors.closings.size shouldBe links
                while (true) {
                    doors.visitors
                        .tryReceive()
                        .getOrNull()
                        ?.right
                        ?.receive()
                        ?.shouldBeInstanceOf<LinkEvent.Closed>() ?: break
                }
                val seen = doors.seen.size
                advanceTimeBy(5.minutes)
                doors.seen.size shouldBe seen
            }
        }

    @Test
    fun `cancelling the job of a connection in any phase leaves nothing`() =
        withStations { make ->
            for ((phase, bring) in phases()) {
                doors.answer = { infoOf(it.clientId) }
                doors.closings.clear()
                val station = make { Station(this, doors) }
                station.begin()
                advanceTimeBy(10.seconds)
                bring(station)
                station.cancel()
                phase + " " + station.coroutines shouldBe "$phase 0"
                doors.closings.size shouldBe if (phase == "restoring") 2 else 1
                while (true) {
                    doors.visitors
                        .tryReceive()
                        .getOrNull()
                        ?.right
                        ?.receive()
                        ?.shouldBeInstanceOf<LinkEvent.Closed>() ?: break
                }
                val seen = doors.seen.size
                advanceTimeBy(5.minutes)
                doors.seen.size shouldBe seen
            }
        }
}
