package io.hypha.rpc.call

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.metrics.HyphaMetrics
import io.hypha.rpc.wire.WireLimits
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** The limits and times of one endpoint. */
internal class EndpointOptions(
    val timeout: Duration = 30.seconds,
    val interfaceTimeout: Duration = 10.seconds,
    val chunkSize: Int = 262_144,
    val maxIncomingCalls: Int = 4096,
    val maxIncomingBytes: Long = 256L * 1024 * 1024,
    val maxLongMessages: Int = 256,
    val maxLongMessageBytes: Long = 1024L * 1024 * 1024,
    val longMessageAge: Duration = 5.minutes,
    val idleSession: Duration = 10.minutes,
    val callerGrace: Duration = 10.seconds,
    val sweepInterval: Duration = minOf(5.minutes, idleSession / 2),
    val limits: WireLimits = WireLimits.Default,
    val logger: HyphaLogger = HyphaLogger.Silent,
    val metrics: HyphaMetrics? = null,
    val timeSource: TimeSource.WithComparableMarks = TimeSource.Monotonic,
) {
    init {
        require(timeout.isPositive()) { "the timeout must be longer than nothing, not $timeout" }
        require(chunkSize in 1024..262_144) { "the chunk size must be 1024 to 262144 bytes, not $chunkSize (protocol §6.3)" }
    }

    /** Calls to interface objects end sooner, for their owners vanish more often (protocol §3.5). */
    fun timeoutOf(path: String): Duration = if ("_rintf_" in path) interfaceTimeout else timeout
}
