package io.hypha.rpc.connection

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.debug
import io.hypha.rpc.metrics.HyphaMetrics
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.Identity
import kotlinx.coroutines.flow.StateFlow

/**
 * Tells of the changes of a connection's state: in numbers to the metrics, and in words to the log. One after the other, in their order, and
 * under no lock: both are code of the user's, who may close the connection from there.
 */
internal class StateReports(
    private val states: StateFlow<ConnectionState>,
    private val metrics: HyphaMetrics?,
    private val logger: HyphaLogger,
    private val who: () -> Identity?,
) {
    private val lock = Lock()
    private var told = states.value
    private var isTelling = false

    /** Tells of the state as it is now; when somebody is telling already, that one goes on with it. */
    fun catchUp() {
        while (true) {
            val (before, now) = change() ?: return
            try {
                tell(before, now)
            } finally {
                lock.withLock { isTelling = false }
            }
        }
    }

    private fun change(): Pair<ConnectionState, ConnectionState>? =
        lock.withLock {
            val now = states.value
            if (isTelling || now === told) return null
            isTelling = true
            (told to now).also { told = now }
        }

    private fun tell(
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
