package io.hypha.rpc.connection

import io.hypha.rpc.transport.Urgency

/**
 * The messages that wait, and which of them is the next: beats first, then what restores this client at its server, then one of each lane in
 * turn, in the order of their arrival within a lane. Beats that never end keep the others back in part only. Not safe for several threads:
 * its owner has a lock.
 */
internal class Turns {
    private val beats = Chain<Waiter>()
    private val restorations = Chain<Waiter>()
    private val lanes = LinkedHashMap<String, Chain<Waiter>>()
    private val ages = Chain<Waiter>()
    private var beatsInRow = 0

    val size: Int get() = ages.size

    val isEmpty: Boolean get() = ages.isEmpty

    /** The one that waits the longest; those that follow it have come later. */
    val eldest: Chain.Ring<Waiter>? get() = ages.first

    /** Adds [waiter] at the end of its lane, or in front when it had its turn already. */
    fun add(waiter: Waiter) {
        val chain =
            when (waiter.urgency) {
                Urgency.Beat -> beats
                Urgency.Restoration -> restorations
                Urgency.Ordinary -> lanes.getOrPut(waiter.lane) { Chain() }
            }
        waiter.turn = if (waiter.hadTurn) chain.addInFront(waiter) { it.hadTurn } else chain.add(waiter)
        waiter.age = ages.add(waiter)
    }

    /** The next to leave, a beat where there is one. */
    fun next(): Waiter? {
        val beat = nextBeat()
        val other =
            nextRestoration() ?: lanes.values
                .firstOrNull()
                ?.first
                ?.value
        return if (beat == null || (other != null && beatsInRow >= MOST_BEATS_IN_ROW)) other else beat
    }

    fun nextBeat(): Waiter? = beats.first?.value

    fun nextRestoration(): Waiter? = restorations.first?.value

    /** Takes out [waiter], which leaves or has given up. */
    fun remove(
        waiter: Waiter,
        hasTurn: Boolean,
    ) {
        val ring = waiter.turn ?: return
        when (waiter.urgency) {
            Urgency.Beat -> beats.remove(ring)
            Urgency.Restoration -> restorations.remove(ring)
            Urgency.Ordinary -> removeFromLane(waiter.lane, ring, hasTurn)
        }
        waiter.age?.let(ages::remove)
        waiter.turn = null
        waiter.age = null
        if (hasTurn) beatsInRow = if (waiter.urgency == Urgency.Beat) beatsInRow + 1 else 0
    }

    /** A lane that had its turn goes to the end of the row; one without messages ends. */
    private fun removeFromLane(
        name: String,
        ring: Chain.Ring<Waiter>,
        hasTurn: Boolean,
    ) {
        val lane = lanes[name] ?: return
        lane.remove(ring)
        if (hasTurn || lane.isEmpty) lanes.remove(name)
        if (hasTurn && !lane.isEmpty) lanes[name] = lane
    }

    private companion object {
        /** Whoever has this client beat all the time still leaves every ninth turn to its other messages. */
        const val MOST_BEATS_IN_ROW = 8
    }
}
