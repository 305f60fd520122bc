package io.hypha.rpc.connection

import io.hypha.rpc.testing.Doors
import io.hypha.rpc.testing.Station
import io.hypha.rpc.testing.withStations
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.MsgPackWriter
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.AbstractLongTimeSource
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit

/** When a link counts as dead although nobody says so (protocol §1.7), and when it does not. All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class DeadLinksTest {
    private val doors = Doors()

    /** The links of [doors], with what a test does to them. */
    private class Wires(
        private val doors: Doors,
    ) : Transport {
        var onSend: suspend () -> Unit = {}

        /** Null for one that works. */
        var onControl: (suspend (ControlMessage) -> Unit)? = null

        override suspend fun open(identity: Identity): Link {
            val link = doors.open(identity)
            return object : Link by link {
                override suspend fun send(message: ByteChain) {
                    onSend()
                    link.send(message)
                }

                override suspend fun control(message: ControlMessage) {
                    val instead = onControl
                    if (instead == null) link.control(message) else instead(message)
                }
            }
        }
    }

    private val wires = Wires(doors)

    private fun TestScope.station(
        pingInterval: Duration = 20.seconds,
        pingTimeout: Duration = 10.seconds,
    ) = Station(this, wires, pingInterval = pingInterval, pingTimeout = pingTimeout)

    private fun message() = MsgPackWriter().apply { writeString("x") }.finish()

    private suspend fun Station.send() = connection.sink.send(message(), "lane", Urgency.Ordinary)

    @Test
    fun `a link whose pings are answered lives, however long nothing else happens`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            advanceTimeBy(24.hours)
            station.states.size shouldBe 2
        }

    @Test
    fun `a link on which nothing arrives after a ping is dead after the timeout, and another one is made`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            advanceTimeBy(41.seconds)
            // From here on the server is silent, but the link takes everything.
            wires.onControl = {}
            advanceTimeBy(28.seconds)
            station.states.size shouldBe 2
            wires.onControl = null
            advanceTimeBy(2.seconds)
            station.states.drop(2) shouldContainExactly listOf("70.0 Reconnecting 1 in 0s", "70.0 Connected 2")
            doors.closings shouldContainExactly listOf("1: the client has ended the link")
        }

    @Test
    fun `whatever arrives counts, not only the answer to a ping`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            wires.onControl = {}
            val server = doors.visitors.receive().right
            val talk =
                launch {
                    while (true) {
                        delay(9.seconds)
                        server.send(message())
                    }
                }
            advanceTimeBy(10.minutes)
            talk.cancel()
            station.states.size shouldBe 2
            advanceTimeBy(40.seconds)
            station.states.size shouldBe 4
        }

    @Test
    fun `a ping that never leaves is a dead link`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            wires.onControl = { awaitCancellation() }
            advanceTimeBy(29.seconds)
            station.states.size shouldBe 2
            advanceTimeBy(1.seconds)
            runCurrent()
            station.states[2] shouldBe "30.0 Reconnecting 1 in 0s"
        }

    @Test
    fun `a ping that the link refuses is one when the link does not say so itself`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            wires.onControl = { throw io.hypha.rpc.ConnectionClosedException("Connection is closed") }
            advanceTimeBy(31.seconds)
            station.states[2] shouldBe "30.0 Reconnecting 1 in 0s"
        }

    @Test
    fun `nor does a ping that fails in a way of its own harm more than the link`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            wires.onControl = { error("the engine is broken") }
            advanceTimeBy(29.seconds)
            val server = doors.visitors.receive().right
            server.send(message())
            runCurrent()
            station.messages.size shouldBe 1
            wires.onControl = null
            server.close("gone")
            runCurrent()
            station.states[2] shouldBe "29.0 Reconnecting 1 in 0s"
        }

    @Test
    fun `a slow way out that makes progress is not dead at once`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            // The ping waits behind a backlog, of which a piece leaves every four seconds.
            wires.onControl = {}
            wires.onSend = { delay(4.seconds) }
            val upload = launch { repeat(11) { station.send() } }
            advanceTimeBy(20.seconds + 24.seconds)
            val server = doors.visitors.receive().right
            station.states.size shouldBe 2
            server.send(message())
            advanceTimeBy(6.seconds)
            upload.isCompleted shouldBe true
            station.states.size shouldBe 2
        }

    @Test
    fun `but not for ever`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            wires.onControl = {}
            wires.onSend = { delay(4.seconds) }
            val upload = launch { while (true) station.send() }
            advanceTimeBy(51.seconds)
            station.states[2] shouldBe "50.0 Reconnecting 1 in 0s"
            upload.cancel()
        }

    @Test
    fun `messages that vanish into a buffer at once are no sign of life`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            wires.onControl = {}
            val beats =
                launch {
                    while (true) {
                        delay(1.seconds)
                        station.send()
                    }
                }
            advanceTimeBy(31.seconds)
            beats.cancel()
            station.states[2] shouldBe "30.0 Reconnecting 1 in 0s"
        }

    @Test
    fun `after the machine has slept the server is asked again before the link counts as dead`() =
        withStations { make ->
            // A clock that goes on while the machine sleeps.
            var slept = Duration.ZERO
            val clock =
                object : AbstractLongTimeSource(DurationUnit.MILLISECONDS) {
                    override fun read(): Long = currentTime + slept.inWholeMilliseconds
                }
            var pings = 0
            var isAwake = true
            val station = make { Station(this, wires, pingInterval = 20.seconds, pingTimeout = 10.seconds, timeSource = clock) }
            station.begin()
            val server = doors.visitors.receive().right
            wires.onControl = {
                pings++
                if (isAwake) server.send(message())
            }
            isAwake = false
            advanceTimeBy(25.seconds)
            pings shouldBe 1
            slept = 2.hours
            isAwake = true
            advanceTimeBy(20.seconds)
            pings shouldBe 3
            station.states.size shouldBe 2
        }

    @Test
    fun `a link that dies while it is restored is noticed as well`() =
        withStations { make ->
            val station = make { station() }
            station.begin()
            advanceTimeBy(1.seconds)
            station.restore = { awaitCancellation() }
            wires.onControl = {}
            doors.visitors
                .receive()
                .right
                .close("gone")
            advanceTimeBy(31.seconds)
            station.states.map { it.substringAfter(' ') } shouldContain "Reconnecting 2 in 1s"
        }

    @Test
    fun `a timeout that is longer than the interval holds up no ping`() =
        withStations { make ->
            var pings = 0
            val station = make { station(pingInterval = 10.seconds, pingTimeout = 35.seconds) }
            station.begin()
            wires.onControl = { pings++ }
            advanceTimeBy(44.seconds)
            pings shouldBe 4
            station.states.size shouldBe 2
            advanceTimeBy(2.seconds)
            station.states[2] shouldBe "45.0 Reconnecting 1 in 0s"
        }

    @Test
    fun `without a timeout nobody asks whether anything arrives`() =
        withStations { make ->
            var pings = 0
            val station = make { station(pingTimeout = Duration.INFINITE) }
            station.begin()
            wires.onControl = { pings++ }
            advanceTimeBy(1.hours)
            pings shouldBe 179
            station.states.size shouldBe 2
        }
}
