package io.hypha.rpc.call

import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Marks a coroutine that begins on the thread of somebody else who goes on when it suspends, not where its dispatcher has it go on: it must
 * not take time before it has left that thread.
 */
internal object BegunElsewhere : AbstractCoroutineContextElement(Key) {
    private object Key : CoroutineContext.Key<BegunElsewhere>

    /** Whether the coroutine of [context] is one. */
    fun isOf(context: CoroutineContext): Boolean = context[Key] != null
}
