package io.hypha.rpc.call

/** Room for what is exported into a session that is there anyway, in the course of which a peer can have any number of things exported. */
internal class ReservedRoom {
    private val open = ArrayDeque<() -> Unit>()
    private val taken = HashMap<String, () -> Unit>()

    /** There is room for one thing more; [giveBack] ends that. */
    fun add(giveBack: () -> Unit) {
        open.addLast(giveBack)
    }

    /** What is exported under [stem] takes it. */
    fun take(stem: String) {
        open.removeFirstOrNull()?.let { taken[stem] = it }
    }

    /** What was exported under [stem] is gone; returns what gives its room back. */
    fun leave(stem: String): (() -> Unit)? = taken.remove(stem)

    /** All of it is gone; returns what gives its room back. */
    fun leaveAll(): List<() -> Unit> = (open + taken.values).also { open.clear() }.also { taken.clear() }
}
