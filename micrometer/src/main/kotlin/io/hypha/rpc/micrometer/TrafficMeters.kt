package io.hypha.rpc.micrometer

import io.micrometer.core.instrument.Counter
import io.micrometer.core.instrument.Gauge
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tag
import io.micrometer.core.instrument.Timer
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/** The meters of what goes over the network, and of what waits to. */
internal class TrafficMeters(
    private val registry: MeterRegistry,
    private val tags: Iterable<Tag>,
) {
    private val sentFrames = frames("sent")
    private val sentBytes = bytes("sent")
    private val receivedFrames = frames("received")
    private val receivedBytes = bytes("received")
    private val waiting = AtomicInteger()
    private val waited =
        Timer
            .builder(MeterNames.SEND_WAIT)
            .description("How long messages waited until they could be sent, of those that had to")
            .tags(tags)
            .register(registry)

    private val paced =
        Timer
            .builder(MeterNames.PACED_SENDS)
            .description("How long messages were held back because the server takes no more of them")
            .tags(tags)
            .register(registry)

    init {
        Gauge
            .builder(MeterNames.WAITING_SENDS, waiting) { it.toDouble() }
            .description("Messages that wait to be sent")
            .tags(tags)
            .strongReference(true)
            .register(registry)
    }

    fun sent(bytes: Int) {
        sentFrames.increment()
        sentBytes.increment(bytes.toDouble())
    }

    fun received(bytes: Int) {
        receivedFrames.increment()
        receivedBytes.increment(bytes.toDouble())
    }

    fun waiting() {
        waiting.incrementAndGet()
    }

    fun waited(nanos: Long) {
        waiting.decrementAndGet()
        waited.record(nanos, TimeUnit.NANOSECONDS)
    }

    fun paced(nanos: Long) = paced.record(nanos, TimeUnit.NANOSECONDS)

    private fun frames(direction: String): Counter =
        Counter
            .builder(MeterNames.FRAMES)
            .description("Messages, and pieces of long ones, that went over the network")
            .tags(tags)
            .tag(DIRECTION, direction)
            .register(registry)

    private fun bytes(direction: String): Counter =
        Counter
            .builder(MeterNames.BYTES)
            .description("Bytes of the messages that went over the network")
            .baseUnit("bytes")
            .tags(tags)
            .tag(DIRECTION, direction)
            .register(registry)

    private companion object {
        const val DIRECTION = "direction"
    }
}
