package io.hypha.rpc.wire

/**
 * Collects the bytes of one message: small ones in a growing buffer, runs of [LINKED] bytes and more as parts of their own, not
 * copied.
 */
internal class GatherBuffer(
    initialCapacity: Int,
) {
    /** Where small values go, from [position] on; changes whenever [ensure] has to make room. */
    var array = ByteArray(initialCapacity)
        private set
    var position = 0

    // What lies between start and position in the array is not yet in the parts.
    private var start = 0
    private var parts = ArrayList<Bytes>(1)
    private var partsSize = 0

    val size: Int get() = partsSize + (position - start)

    /** Makes room for [count] bytes at [position]. */
    fun ensure(count: Int) {
        if (array.size - position < count) grow(count)
    }

    /** Only what is not yet in the parts moves: they keep the old array. */
    private fun grow(count: Int) {
        checkMessageSize(size, count)
        val used = position - start
        val doubled = if (used > LONGEST_MESSAGE / 2) LONGEST_MESSAGE else maxOf(2 * used, SMALLEST)
        val larger = ByteArray(maxOf(doubled, used + count))
        array.copyInto(larger, 0, start, position)
        array = larger
        start = 0
        position = used
    }

    fun append(bytes: Bytes) {
        if (bytes.size >= LINKED) {
            link(bytes)
        } else {
            ensure(bytes.size)
            bytes.copyInto(array, position)
            position += bytes.size
        }
    }

    /** Appends [size] bytes that [fill] writes: a large run into an array of exactly that size. */
    inline fun append(
        size: Int,
        fill: (target: ByteArray, offset: Int) -> Unit,
    ) {
        if (size >= LINKED) {
            checkMessageSize(this.size, size)
            val own = ByteArray(size)
            fill(own, 0)
            link(Bytes(own))
        } else {
            ensure(size)
            fill(array, position)
            position += size
        }
    }

    fun link(bytes: Bytes) {
        checkMessageSize(size, bytes.size)
        flush()
        parts.add(bytes)
        partsSize += bytes.size
    }

    /** All bytes so far; the next ones begin another message, behind this one in the same array. */
    fun finish(): ByteChain {
        flush()
        val finished = ByteChain(parts)
        parts = ArrayList(1)
        partsSize = 0
        return finished
    }

    private fun flush() {
        if (position == start) return
        parts.add(Bytes(array, start, position - start))
        partsSize += position - start
        start = position
    }

    /** Replaces the byte at [offset] of the message, one that was put here and not linked. */
    fun replace8(
        offset: Int,
        value: Int,
    ) {
        var inside = offset
        for (part in parts) {
            if (inside < part.size) {
                part.array[part.offset + inside] = value.toByte()
                return
            }
            inside -= part.size
        }
        array[start + inside] = value.toByte()
    }

    fun put8(value: Int) {
        ensure(1)
        array[position++] = value.toByte()
    }

    fun put32(value: Int) {
        ensure(4)
        putInt(array, position, value)
        position += 4
    }

    fun put64(value: Long) {
        ensure(8)
        putLong(array, position, value)
        position += 8
    }

    /** The first byte of a value and a number of 8 bits. */
    fun head8(
        code: Int,
        value: Int,
    ) {
        ensure(2)
        array[position] = code.toByte()
        array[position + 1] = value.toByte()
        position += 2
    }

    fun head16(
        code: Int,
        value: Int,
    ) {
        ensure(3)
        array[position] = code.toByte()
        putShort(array, position + 1, value)
        position += 3
    }

    fun head32(
        code: Int,
        value: Int,
    ) {
        ensure(5)
        array[position] = code.toByte()
        putInt(array, position + 1, value)
        position += 5
    }

    fun head64(
        code: Int,
        value: Long,
    ) {
        ensure(9)
        array[position] = code.toByte()
        putLong(array, position + 1, value)
        position += 9
    }

    companion object {
        const val LINKED = 8 * 1024
        private const val SMALLEST = 256
    }
}
