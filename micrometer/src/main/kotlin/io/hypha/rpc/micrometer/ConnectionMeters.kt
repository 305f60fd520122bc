package io.hypha.rpc.micrometer

import io.micrometer.core.instrument.Counter
import io.micrometer.core.instrument.Gauge
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tag
import java.util.concurrent.atomic.AtomicInteger

/** The meters of connections that come and go. */
internal class ConnectionMeters(
    private val registry: MeterRegistry,
    private val tags: Iterable<Tag>,
) {
    private val up = AtomicInteger()
    private val reconnects = counter(MeterNames.RECONNECTS, "Connections that were lost and have come back")
    private val attempts = counter(MeterNames.RECONNECT_ATTEMPTS, "Attempts to come back, those that failed included")

    init {
        Gauge
            .builder(MeterNames.CONNECTIONS, up) { it.toDouble() }
            .description("Connections that are there: for a single one 1, or 0 while it is lost")
            .tags(tags)
            .strongReference(true)
            .register(registry)
    }

    fun connected(generation: Int) {
        up.incrementAndGet()
        if (generation > 1) reconnects.increment()
    }

    fun disconnected() {
        up.decrementAndGet()
    }

    fun reconnecting() {
        attempts.increment()
    }

    private fun counter(
        name: String,
        description: String,
    ): Counter =
        Counter
            .builder(name)
            .description(description)
            .tags(tags)
            .register(registry)
}
