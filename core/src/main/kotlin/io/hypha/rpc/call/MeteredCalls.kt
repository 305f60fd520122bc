package io.hypha.rpc.call

import io.hypha.rpc.metrics.CallOutcome
import io.hypha.rpc.metrics.CalledFunction
import io.hypha.rpc.metrics.HyphaMetrics
import kotlinx.coroutines.CancellationException
import kotlin.time.TimeSource

/** Tells [HyphaMetrics] of calls from their begin to their end. Is there only when somebody wants to hear of them. */
internal class MeteredCalls(
    private val metrics: HyphaMetrics,
    private val timeSource: TimeSource.WithComparableMarks,
) {
    /** A call of ours, made by [make]. */
    suspend inline fun <R> outgoing(
        request: CallRequest,
        make: () -> R,
    ): R {
        val function = functionAt(request.path, request.isStream)
        val start = timeSource.markNow()
        metrics.onCallStarted(function)
        var failure: Throwable? = null
        try {
            return make()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            failure = e
            throw e
        } finally {
            val error = failure?.let { errorOf(it) }
            metrics.onCallEnded(function, outcomeOf(failure, error), error, start.elapsedNow().inWholeNanoseconds)
        }
    }

    /** A call to a function of ours at [path], which [handle] serves; [isForNobody] when its caller gave up. */
    suspend inline fun <R> incoming(
        path: String,
        isStream: Boolean,
        isForNobody: () -> Boolean,
        handle: () -> R,
    ): R {
        val function = functionAt(path, isStream)
        val start = timeSource.markNow()
        metrics.onIncomingCallStarted(function)
        var failure: Throwable? = null
        try {
            return handle()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            failure = e
            throw e
        } finally {
            // A handler's own time-out or cancellation is a failure for its caller, who still waits.
            val isCancelled = isForNobody()
            val error = if (isCancelled) null else failure?.let { nameOf(it) }
            val outcome = if (isCancelled) CallOutcome.Cancelled else outcomeOf(failure, error)
            metrics.onIncomingCallEnded(function, outcome, error, start.elapsedNow().inWholeNanoseconds)
        }
    }

    fun refused(cause: Throwable) = metrics.onIncomingCallRefused(nameOf(cause))

    private fun functionAt(
        path: String,
        isStream: Boolean,
    ) = if (isStream) CalledFunction.Stream else CalledFunction.at(path)

    private fun outcomeOf(
        failure: Throwable?,
        error: String?,
    ) = when {
        failure == null -> CallOutcome.Success
        error == null -> CallOutcome.Cancelled
        else -> CallOutcome.Error
    }

    private fun errorOf(failure: Throwable): String? = if (failure is CancellationException) null else nameOf(failure)

    private fun nameOf(failure: Throwable): String = failure::class.simpleName ?: "Error"
}
