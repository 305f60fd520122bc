package io.hypha.rpc.connection

/** A list in order that gives up any of its elements at once, wherever it stands. Not safe for several threads. */
internal class Chain<T : Any> {
    private var head: Ring<T>? = null
    private var tail: Ring<T>? = null

    var size: Int = 0
        private set

    val isEmpty: Boolean get() = head == null

    val first: Ring<T>? get() = head

    /** Adds [value] at the end; the result takes it out again. */
    fun add(value: T): Ring<T> = insert(value, tail, null)

    /** Adds [value] in front, but behind those first ones that [stay] there. */
    fun addInFront(
        value: T,
        stay: (T) -> Boolean,
    ): Ring<T> {
        var before: Ring<T>? = null
        var after = head
        while (after != null && stay(after.value)) {
            before = after
            after = after.next
        }
        return insert(value, before, after)
    }

    private fun insert(
        value: T,
        before: Ring<T>?,
        after: Ring<T>?,
    ): Ring<T> {
        val ring = Ring(value)
        join(before, ring)
        join(ring, after)
        size++
        return ring
    }

    /** Takes [ring] out, which must be in here. */
    fun remove(ring: Ring<T>) {
        join(ring.previous, ring.next)
        size--
    }

    private fun join(
        left: Ring<T>?,
        right: Ring<T>?,
    ) {
        if (left == null) head = right else left.next = right
        if (right == null) tail = left else right.previous = left
    }

    /** The place of [value] in a chain. */
    class Ring<T : Any>(
        val value: T,
    ) {
        var previous: Ring<T>? = null
            internal set

        var next: Ring<T>? = null
            internal set
    }
}
