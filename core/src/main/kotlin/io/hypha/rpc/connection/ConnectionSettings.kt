package io.hypha.rpc.connection

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.metrics.HyphaMetrics
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** The times and rules of one [Connection]. */
internal class ConnectionSettings(
    val pingInterval: Duration = 20.seconds,
    val pingTimeout: Duration = 20.seconds,
    val refreshInterval: Duration = Duration.INFINITE,
    val reconnect: ReconnectPolicy = ReconnectPolicy.Never,
    val reconnectWait: Duration = 60.seconds,
    val messageRate: Double? = null,
    val messageBurst: Int? = null,
    val logger: HyphaLogger = HyphaLogger.Silent,
    val metrics: HyphaMetrics? = null,
    val timeSource: TimeSource.WithComparableMarks = TimeSource.Monotonic,
)
