package io.hypha.rpc.call

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.debug
import io.hypha.rpc.metrics.CallOutcome
import io.hypha.rpc.metrics.CalledFunction
import io.hypha.rpc.metrics.CalledFunctions
import io.hypha.rpc.metrics.HyphaMetrics
import kotlinx.coroutines.CancellationException
import kotlin.time.ComparableTimeMark
import kotlin.time.TimeSource

/**
 * Tells of calls: in numbers to the [metrics], and in words to a log that wants the level debug. The id of a call is the same in the logs of
 * both sides.
 */
internal class CallReports(
    private val metrics: HyphaMetrics?,
    private val logger: HyphaLogger,
    private val timeSource: TimeSource.WithComparableMarks,
) {
    /** Whether anybody wants to hear of calls; else there is no need to measure them. */
    val areWanted: Boolean get() = metrics != null || logger.isEnabled(HyphaLogger.Level.Debug)

    /** A call of ours, made by [make]. */
    suspend inline fun <R> outgoing(
        request: CallRequest,
        make: () -> R,
    ): R {
        val function = functionAt(request.path, request.isStream)
        val start = timeSource.markNow()
        metrics?.onCallStarted(function)
        var failure: Throwable? = null
        try {
            return make()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            failure = e
            throw e
        } finally {
            made(request, function, failure, start)
        }
    }

    private fun made(
        request: CallRequest,
        function: CalledFunction,
        failure: Throwable?,
        start: ComparableTimeMark,
    ) {
        val isCancelled = failure is CancellationException
        val error = if (isCancelled) null else failure?.let(::nameOf)
        val outcome = outcomeOf(failure, isCancelled)
        val time = start.elapsedNow()
        metrics?.onCallEnded(function, outcome, error, time.inWholeNanoseconds)
        if (isWorthALine(request.isStream, outcome)) {
            logger.debug { "call ${request.session?.id} of ${request.path} at ${request.target}: ${words(outcome, error)} after $time" }
        }
    }

    /** A call of somebody else's, which [handle] serves; [isForNobody] when its caller gave up. */
    suspend inline fun <R> incoming(
        call: CallHeader,
        isStream: Boolean,
        isForNobody: () -> Boolean,
        handle: () -> R,
    ): R {
        val function = functionAt(call.method, isStream)
        val start = timeSource.markNow()
        metrics?.onIncomingCallStarted(function)
        if (!isStream) logger.debug { "serving call ${call.session} of ${call.method} for ${call.from}" }
        var failure: Throwable? = null
        try {
            return handle()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            failure = e
            throw e
        } finally {
            served(call, isStream, function, isForNobody(), failure, start)
        }
    }

    private fun served(
        call: CallHeader,
        isStream: Boolean,
        function: CalledFunction,
        isForNobody: Boolean,
        failure: Throwable?,
        start: ComparableTimeMark,
    ) {
        // A handler's own time-out or cancellation is a failure for its caller, who still waits.
        val error = if (isForNobody) null else failure?.let(::nameOf)
        val outcome = outcomeOf(failure, isForNobody)
        val time = start.elapsedNow()
        metrics?.onIncomingCallEnded(function, outcome, error, time.inWholeNanoseconds)
        if (isWorthALine(isStream, outcome)) {
            logger.debug { "served call ${call.session} of ${call.method} for ${call.from}: ${words(outcome, error)} after $time" }
        }
    }

    /** A call of somebody else's that no handler sees. */
    fun refused(
        call: CallHeader,
        cause: Throwable,
    ) {
        metrics?.onIncomingCallRefused(nameOf(cause))
        logger.debug { "refused call ${call.session} of ${call.method} for ${call.from}: ${cause.message}" }
    }

    private fun functionAt(
        path: String,
        isStream: Boolean,
    ) = if (isStream) CalledFunctions.stream else CalledFunctions.at(path)

    private fun outcomeOf(
        failure: Throwable?,
        isCancelled: Boolean,
    ) = when {
        isCancelled -> CallOutcome.Cancelled
        failure == null -> CallOutcome.Success
        else -> CallOutcome.Error
    }

    /** Streams have many items. */
    private fun isWorthALine(
        isStream: Boolean,
        outcome: CallOutcome,
    ) = !isStream || outcome == CallOutcome.Error

    private fun words(
        outcome: CallOutcome,
        error: String?,
    ) = when (outcome) {
        CallOutcome.Success -> "done"
        CallOutcome.Error -> error
        CallOutcome.Cancelled -> "cancelled"
    }

    private fun nameOf(failure: Throwable): String = failure::class.simpleName ?: "Error"
}
