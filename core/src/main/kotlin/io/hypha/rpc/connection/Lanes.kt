package io.hypha.rpc.connection

/** Messages that take turns: one of each lane after the other, and within a lane in the order of their arrival. Not safe for several threads. */
internal class Lanes {
    private val lanes = LinkedHashMap<String, Chain<Waiter>>()

    /** The next one. */
    val first: Waiter? get() =
        lanes.values
            .firstOrNull()
            ?.first
            ?.value

    /** Adds [waiter] at the end of its lane, or in front when it had its turn already. */
    fun add(waiter: Waiter): Chain.Ring<Waiter> {
        val lane = lanes.getOrPut(waiter.lane) { Chain() }
        return if (waiter.hadTurn) lane.addInFront(waiter) { it.hadTurn } else lane.add(waiter)
    }

    /** Takes [ring] out. A lane that had its turn goes to the end of the row; one without messages ends. */
    fun remove(
        ring: Chain.Ring<Waiter>,
        hasTurn: Boolean,
    ) {
        val name = ring.value.lane
        val lane = lanes[name] ?: return
        lane.remove(ring)
        if (hasTurn || lane.isEmpty) lanes.remove(name)
        if (hasTurn && !lane.isEmpty) lanes[name] = lane
    }
}
