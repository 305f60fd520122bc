package io.hypha.rpc.metrics

import io.hypha.rpc.HyphaLogger
import kotlin.concurrent.Volatile

/** Passes everything on to the [user]'s metrics, whose failures must harm neither a call nor the connection. The first one is logged. */
internal class GuardedMetrics(
    private val user: HyphaMetrics,
    private val logger: HyphaLogger,
) : HyphaMetrics {
    @Volatile
    private var hasFailed = false

    override fun onCallStarted(function: CalledFunction) = guarded { user.onCallStarted(function) }

    override fun onCallEnded(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) = guarded { user.onCallEnded(function, outcome, error, nanos) }

    override fun onIncomingCallStarted(function: CalledFunction) = guarded { user.onIncomingCallStarted(function) }

    override fun onIncomingCallEnded(
        function: CalledFunction,
        outcome: CallOutcome,
        error: String?,
        nanos: Long,
    ) = guarded { user.onIncomingCallEnded(function, outcome, error, nanos) }

    override fun onIncomingCallRefused(error: String) = guarded { user.onIncomingCallRefused(error) }

    override fun onFrameSent(bytes: Int) = guarded { user.onFrameSent(bytes) }

    override fun onFrameReceived(bytes: Int) = guarded { user.onFrameReceived(bytes) }

    override fun onSendWaiting() = guarded { user.onSendWaiting() }

    override fun onSendWaited(nanos: Long) = guarded { user.onSendWaited(nanos) }

    override fun onPaced(nanos: Long) = guarded { user.onPaced(nanos) }

    override fun onConnected(generation: Int) = guarded { user.onConnected(generation) }

    override fun onDisconnected() = guarded { user.onDisconnected() }

    override fun onReconnecting(attempt: Int) = guarded { user.onReconnecting(attempt) }

    private inline fun guarded(tell: () -> Unit) {
        try {
            tell()
        } catch (
            // An error too: a class that is lacking at run time must not keep a call from its reply.
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            if (hasFailed) return
            hasFailed = true
            logger.log(HyphaLogger.Level.Warn, "the metrics failed with ${e::class.simpleName}; further failures are not logged", e)
        }
    }
}
