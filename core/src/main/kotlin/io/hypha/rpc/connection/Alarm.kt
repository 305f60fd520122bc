package io.hypha.rpc.connection

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** Calls [onRing] once the earliest of the times has come that it was set to. Not safe for several threads: its owner has a lock. */
internal class Alarm(
    private val scope: CoroutineScope,
    private val onRing: () -> Unit,
) {
    private var job: Job? = null
    private var at = Duration.INFINITE

    /** Rings in [wait], unless it rings before. @param now the time that [at] counts in. */
    fun set(
        now: Duration,
        wait: Duration,
    ) {
        val time = now + wait
        if (job != null && at <= time) return
        clear()
        at = time
        job =
            scope.launch {
                // Never nothing at all: this must not ring before it is set.
                delay(wait.coerceAtLeast(1.milliseconds))
                onRing()
            }
    }

    /** Does not ring any more. */
    fun clear() {
        job?.cancel()
        job = null
        at = Duration.INFINITE
    }

    /** It has rung. */
    fun hasRung() {
        job = null
        at = Duration.INFINITE
    }
}
