package io.hypha.rpc.micrometer

import io.hypha.rpc.metrics.CallOutcome
import io.hypha.rpc.metrics.CalledFunction
import io.micrometer.core.instrument.Counter
import io.micrometer.core.instrument.Gauge
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tag
import io.micrometer.core.instrument.Timer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

/** The meters of the calls in one direction. A registry takes its time to find a meter, so those that were used are kept at hand. */
internal class CallMeters(
    private val registry: MeterRegistry,
    private val tags: Iterable<Tag>,
    private val direction: String,
    private val byFunction: Boolean,
) {
    private val active = AtomicInteger()
    private val timers = ConcurrentHashMap<Kind, Timer>()
    private val refusals = ConcurrentHashMap<String, Counter>()

    init {
        Gauge
            .builder(MeterNames.ACTIVE_CALLS, active) { it.toDouble() }
            .description("Calls that are running")
            .tags(tags)
            .tag(DIRECTION, direction)
            .strongReference(true)
            .register(registry)
    }

    fun started() {
        active.incrementAndGet()
    }

    fun ended(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) {
        active.decrementAndGet()
        val kind = Kind(if (byFunction) function else null, outcome, error)
        // Not computeIfAbsent alone: that takes a lock even when the timer is there.
        val timer = timers[kind] ?: timers.computeIfAbsent(kind, ::timerOf)
        timer.record(nanos, TimeUnit.NANOSECONDS)
    }

    fun refused(error: String) {
        val counter = refusals[error] ?: refusals.computeIfAbsent(error, ::refusalsOf)
        counter.increment()
    }

    private fun timerOf(kind: Kind): Timer {
        val builder =
            Timer
                .builder(MeterNames.CALLS)
                .description("Calls that have ended: how many, and how long they took")
                .tags(tags)
                .tag(DIRECTION, direction)
                .tag("outcome", kind.outcome.name.lowercase())
                .tag(ERROR, kind.error ?: "none")
        kind.function?.let { builder.tag("service", it.service).tag("function", it.function) }
        return builder.register(registry)
    }

    private fun refusalsOf(error: String): Counter =
        Counter
            .builder(MeterNames.REFUSED_CALLS)
            .description("Calls of others that no handler has seen")
            .tags(tags)
            .tag(ERROR, error)
            .register(registry)

    private data class Kind(
        val function: CalledFunction?,
        val outcome: CallOutcome,
        val error: String?,
    )

    private companion object {
        const val DIRECTION = "direction"
        const val ERROR = "error"
    }
}
