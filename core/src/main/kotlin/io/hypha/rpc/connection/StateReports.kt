package io.hypha.rpc.connection

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.debug
import io.hypha.rpc.metrics.HyphaMetrics
import io.hypha.rpc.transport.Identity

/** Tells of every change of a connection's state: in numbers to the metrics, and in words to the log. */
internal class StateReports(
    private val metrics: HyphaMetrics?,
    private val logger: HyphaLogger,
    private val who: () -> Identity?,
) {
    fun tell(
        before: ConnectionState,
        now: ConnectionState,
    ) {
        if (before is ConnectionState.Connected) metrics?.onDisconnected()
        when (now) {
            is ConnectionState.Connected -> connected(before, now.generation)
            is ConnectionState.Reconnecting -> reconnecting(before, now)
            is ConnectionState.Closed -> logger.debug { "${name()} is closed: ${now.cause?.message ?: "its user wanted so"}" }
            is ConnectionState.Connecting -> Unit
        }
    }

    private fun connected(
        before: ConnectionState,
        generation: Int,
    ) {
        metrics?.onConnected(generation)
        if (before is ConnectionState.Reconnecting) {
            val line = "the connection of ${name()} is back, with attempt ${before.attempt} (generation $generation)"
            logger.log(HyphaLogger.Level.Info, line, null)
        } else {
            logger.debug { "${name()} is connected" }
        }
    }

    private fun reconnecting(
        before: ConnectionState,
        now: ConnectionState.Reconnecting,
    ) {
        metrics?.onReconnecting(now.attempt)
        if (before is ConnectionState.Connected) {
            val line = "the connection of ${name()} is lost and will be made again, in ${now.retryIn}: ${now.cause.message}"
            logger.log(HyphaLogger.Level.Warn, line, null)
        } else {
            logger.debug {
                "the connection of ${name()} is not back yet, attempt ${now.attempt} follows in ${now.retryIn}: ${now.cause.message}"
            }
        }
    }

    private fun name(): String = who()?.let { "${it.workspace}/${it.clientId}" } ?: "a client"
}
