package io.hypha.rpc.hub.route

/**
 * Lets [burst] messages pass at once, and [rate] a second in the long run (protocol §1.8). Not safe for several threads: each
 * connection has its own and reads on one thread.
 *
 * @param rate messages a second; 0 lets everything pass.
 * @param burst the most that may come at once.
 * @param nanoTime a monotonic clock in nanoseconds.
 */
internal class TokenBucket(
    private val rate: Double,
    private val burst: Int,
    private val nanoTime: () -> Long,
) {
    private var tokens = burst.toDouble()
    private var filledAt = nanoTime()

    /** Whether one more message may pass now. */
    fun tryTake(): Boolean {
        if (rate == 0.0) return true
        refill()
        if (tokens < 1) return false
        tokens--
        return true
    }

    private fun refill() {
        val now = nanoTime()
        tokens = minOf(burst.toDouble(), tokens + (now - filledAt) * rate / NANOS_PER_SECOND)
        filledAt = now
    }

    private companion object {
        const val NANOS_PER_SECOND = 1e9
    }
}
