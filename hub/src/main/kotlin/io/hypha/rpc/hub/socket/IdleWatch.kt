package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.Refusal
import io.hypha.rpc.hub.route.Outbox
import io.netty.util.concurrent.EventExecutor
import io.netty.util.concurrent.Future
import java.util.concurrent.TimeUnit.NANOSECONDS
import kotlin.time.Duration

/** Closes a client that has sent no data for too long (protocol §1.7). Lives on the connection's thread. */
internal class IdleWatch(
    private val executor: EventExecutor,
    private val limit: Duration,
    private val client: Outbox,
) {
    private val clock = executor.ticker()
    private var lastData = clock.nanoTime()
    private var timer: Future<*>? = null

    fun start() {
        if (limit.isFinite()) checkAfter(limit.inWholeNanoseconds)
    }

    /** The client has sent something. */
    fun touch() {
        lastData = clock.nanoTime()
    }

    fun stop() {
        timer?.cancel(false)
    }

    // One timer runs through to the end of the limit, however much is sent, and starts again with what is left of it.
    private fun checkAfter(nanos: Long) {
        timer = executor.schedule(::check, nanos, NANOSECONDS)
    }

    private fun check() {
        val left = limit.inWholeNanoseconds - (clock.nanoTime() - lastData)
        if (left > 0) checkAfter(left) else client.close(Refusal.GOING_AWAY, "Idle timeout (${limit.inWholeSeconds}s)")
    }
}
