package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import io.hypha.rpc.transport.Urgency

/** What stands at the end of a [SendQueue]: a link that takes messages, or nothing. Never changes, but is exchanged for another one. */
internal sealed class Gate(
    val exit: Exit? = null,
) {
    /** The way out for messages that are so urgent; null when they have to wait for a link. */
    open fun exitFor(urgency: Urgency): Exit? = null

    /** The message whose turn it is but for the beats. */
    open fun next(turns: Turns): Waiter? = null

    /** The beat whose turn it is. */
    open fun nextBeat(turns: Turns): Waiter? = null

    /** There is no link. */
    object Shut : Gate()

    /** There is one that takes only what restores this client. */
    class Restoring(
        exit: Exit,
    ) : Gate(exit) {
        override fun exitFor(urgency: Urgency): Exit? = exit.takeIf { urgency == Urgency.Restoration }

        override fun next(turns: Turns): Waiter? = turns.nextRestoration
    }

    /** There is one that takes everything. */
    class Open(
        exit: Exit,
    ) : Gate(exit) {
        override fun exitFor(urgency: Urgency): Exit? = exit

        override fun next(turns: Turns): Waiter? = turns.nextOther

        override fun nextBeat(turns: Turns): Waiter? = turns.nextBeat
    }

    /** There will be no link any more. */
    class Ended(
        val cause: HyphaException?,
    ) : Gate()
}
