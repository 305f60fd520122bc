package io.hypha.rpc.connection

import io.hypha.rpc.transport.Urgency
import kotlinx.coroutines.CancellableContinuation
import kotlin.coroutines.resume
import kotlin.time.Duration

/**
 * A sender who waits for its turn, with its own message of [size] bytes. Everything in it belongs to the queue's lock but what is set before
 * it is woken.
 */
internal class Waiter(
    val lane: String,
    val urgency: Urgency,
    val size: Int,
) {
    /** Its place among those that take turns; null while it does not wait. */
    var turn: Chain.Ring<Waiter>? = null

    /** Its place in the order of arrival. */
    var age: Chain.Ring<Waiter>? = null

    /** When it began to wait. */
    var since: Duration = Duration.ZERO

    var continuation: CancellableContinuation<Unit>? = null

    /** It had its turn already, but the link took nothing. */
    var hadTurn: Boolean = false

    /** Nobody needs it to leave any more. */
    var isCalledOff: Boolean = false

    /** Where it may leave now. */
    var exit: Exit? = null

    /** Goes on: to its [exit], or to its end when there is none. */
    fun wake() {
        continuation?.resume(Unit)
    }
}
