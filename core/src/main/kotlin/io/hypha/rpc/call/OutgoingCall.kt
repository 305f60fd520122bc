package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.transport.Departure
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CompletableDeferred

/**
 * A call of ours that waits for its reply. Exactly one outcome counts: the first.
 *
 * @param isRepeatable whether it is made again when the link over which it left is lost.
 */
internal class OutgoingCall(
    val path: String,
    private val isRepeatable: Boolean = false,
) : Departure {
    private val outcome = CompletableDeferred<Outcome>()

    @kotlin.concurrent.Volatile
    private var timer: SilenceTimer? = null

    @kotlin.concurrent.Volatile
    private var timedOut = false

    @kotlin.concurrent.Volatile
    private var hasResult = false

    /** Whether the peer has replied, or is known to be gone. */
    val isAnswered: Boolean get() = outcome.isCompleted && !timedOut

    /**
     * Whether there is nobody to tell of a cancellation: nothing runs at the peer any more, nor does anything live there for a result, unless that
     * [is decoded][isDecoded] and in use.
     */
    fun isSettled(isDecoded: Boolean): Boolean = isAnswered && (isDecoded || !hasResult)

    @kotlin.concurrent.Volatile
    override var mayHaveLeft: Boolean = false

    @kotlin.concurrent.Volatile
    private var callOff: (() -> Unit)? = null

    /** A call that has ended before it was sent is not sent any more. */
    override fun onWaiting(callOff: () -> Unit) {
        this.callOff = callOff
        if (outcome.isCompleted) callOff()
    }

    /** It has left, over a link that may be lost since then, and is to be made again in that case. */
    val mayBeLost: Boolean get() = isRepeatable && mayHaveLeft

    fun watch(timer: SilenceTimer) {
        this.timer = timer
        timer.start()
    }

    fun heartbeat() {
        timer?.restart()
    }

    fun resolve(args: Bytes?) {
        hasResult = true
        outcome.complete(Outcome.Resolved(args))
    }

    fun reject(args: Bytes?) {
        outcome.complete(Outcome.Rejected(args))
    }

    fun fail(cause: HyphaException) {
        outcome.complete(Outcome.Failed(cause))
        callOff?.invoke()
    }

    /** The link over which it left is lost. */
    fun lose() {
        outcome.complete(Outcome.Lost)
    }

    fun timeOut(cause: HyphaException) {
        timedOut = true
        fail(cause)
    }

    suspend fun await(): Outcome = outcome.await()

    /** How a call ended. The arguments are still encoded: the caller decodes them, in its own coroutine and into its own type. */
    sealed interface Outcome {
        class Resolved(
            val args: Bytes?,
        ) : Outcome

        class Rejected(
            val args: Bytes?,
        ) : Outcome

        /** It is to be made again. */
        object Lost : Outcome

        class Failed(
            val cause: HyphaException,
        ) : Outcome
    }
}
