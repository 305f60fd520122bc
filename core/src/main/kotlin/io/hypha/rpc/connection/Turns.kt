package io.hypha.rpc.connection

import io.hypha.rpc.transport.Urgency

/**
 * The messages that wait, and which of them is the next: beats first, then what restores this client at its server, then all others; beats and
 * others take turns by lane. Beats that never end keep the others back in part only. Not safe for several threads: its owner has a lock.
 */
internal class Turns {
    private val beats = Lanes()
    private val restorations = Chain<Waiter>()
    private val others = Lanes()
    private val ages = Chain<Waiter>()
    private var beatsInRow = 0

    val size: Int get() = ages.size

    val isEmpty: Boolean get() = ages.isEmpty

    /** The one that waits the longest; those that follow it have come later. */
    val eldest: Chain.Ring<Waiter>? get() = ages.first

    /** The beat that is the next of them. */
    val nextBeat: Waiter? get() = beats.first

    val nextRestoration: Waiter? get() = restorations.first?.value

    /** The next that is no beat. */
    val nextOther: Waiter? get() = nextRestoration ?: others.first

    /** Whether the beats have had so many turns in a row that it is that of another message. */
    val areBeatsLast: Boolean get() = beatsInRow >= MOST_BEATS_IN_ROW

    /** Adds [waiter] at the end of its lane, or in front when it had its turn already. */
    fun add(waiter: Waiter) {
        waiter.turn =
            when (waiter.urgency) {
                Urgency.Beat -> beats.add(waiter)
                Urgency.Ordinary -> others.add(waiter)
                Urgency.Restoration -> if (waiter.hadTurn) restorations.addInFront(waiter) { it.hadTurn } else restorations.add(waiter)
            }
        waiter.age = ages.add(waiter)
    }

    /** Takes out [waiter], which leaves or has given up. */
    fun remove(
        waiter: Waiter,
        hasTurn: Boolean,
    ) {
        val ring = waiter.turn ?: return
        when (waiter.urgency) {
            Urgency.Beat -> beats.remove(ring, hasTurn)
            Urgency.Restoration -> restorations.remove(ring)
            Urgency.Ordinary -> others.remove(ring, hasTurn)
        }
        waiter.age?.let(ages::remove)
        waiter.turn = null
        waiter.age = null
        if (hasTurn) beatsInRow = if (waiter.urgency == Urgency.Beat) beatsInRow + 1 else 0
    }

    private companion object {
        /** Whoever has this client beat all the time still leaves every ninth turn to its other messages. */
        const val MOST_BEATS_IN_ROW = 8
    }
}
