package io.hypha.rpc.hub.route

import kotlin.math.exp

/**
 * How much a client has to do: the messages that it sent in the last minute or so, where each counts less the older it is. Safe for
 * all threads.
 *
 * @param nanoTime a monotonic clock in nanoseconds.
 */
internal class LoadMeter(
    private val nanoTime: () -> Long = System::nanoTime,
) {
    private var load = 0.0
    private var updatedAt = nanoTime()

    /** The client sent a message. */
    @Synchronized
    fun count() {
        load = current() + 1
        updatedAt = nanoTime()
    }

    /** The load at this moment. */
    @Synchronized
    fun now(): Double = current()

    private fun current(): Double = load * exp(-(nanoTime() - updatedAt) / NANOS_PER_MINUTE)

    companion object {
        private const val NANOS_PER_MINUTE = 60e9
        private const val COUNTED = "__rlb"

        /** A meter for clients whose ids ask for one (protocol §1.9); the others cost nothing, and count as idle. */
        fun of(clientId: String): LoadMeter? = if (clientId.endsWith(COUNTED)) LoadMeter() else null
    }
}
