package io.hypha.rpc.conformance.faults

import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.connection.ReconnectAttempt
import io.hypha.rpc.connection.ReconnectPolicy
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** Remembers every attempt: states that pass quickly may be missed by who watches them, and attempts are not. */
internal class RecordedAttempts(
    private val policy: ReconnectPolicy = ExponentialBackoff(first = 50.milliseconds, longest = 500.milliseconds, jitter = 0.0),
) : ReconnectPolicy {
    private val made = CopyOnWriteArrayList<ReconnectAttempt>()
    private val delays = CopyOnWriteArrayList<Duration>()

    /** All attempts so far. */
    val all: List<ReconnectAttempt> get() = made

    /** How long was waited before each of them. */
    val waits: List<Duration> get() = delays

    fun single(): ReconnectAttempt = made.single()

    override fun delayBefore(attempt: ReconnectAttempt): Duration? {
        made.add(attempt)
        return policy.delayBefore(attempt)?.also(delays::add)
    }
}
