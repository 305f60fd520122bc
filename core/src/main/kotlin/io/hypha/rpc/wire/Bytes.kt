package io.hypha.rpc.wire

/**
 * A slice of a byte array. Nothing is copied: whoever holds one must not change [array], and the whole array stays in memory as
 * long as the slice does; [toByteArray] makes an independent copy.
 *
 * @property array the array that holds the bytes, possibly among others.
 * @property offset index of the first byte in [array].
 * @property size number of bytes.
 * @throws IllegalArgumentException when the range does not lie in the array.
 */
public class Bytes(
    public val array: ByteArray,
    public val offset: Int,
    public val size: Int,
) {
    /** The whole of [array]. */
    public constructor(array: ByteArray) : this(array, 0, array.size)

    init {
        require(offset >= 0 && size >= 0 && size <= array.size - offset) {
            "A slice of $size bytes at $offset does not fit into an array of ${array.size}"
        }
    }

    /** The byte at [index], counted from the start of the slice. */
    public operator fun get(index: Int): Byte {
        if (index < 0 || index >= size) throw IndexOutOfBoundsException("Byte $index of a slice of $size bytes")
        return array[offset + index]
    }

    /** The bytes from [from] (inclusive) to [to] (exclusive), sharing the same array. */
    public fun slice(
        from: Int,
        to: Int = size,
    ): Bytes {
        require(from in 0..to && to <= size) { "The range $from to $to does not lie in a slice of $size bytes" }
        return if (from == 0 && to == size) this else Bytes(array, offset + from, to - from)
    }

    /** A fresh array with exactly these bytes. */
    public fun toByteArray(): ByteArray = array.copyOfRange(offset, offset + size)

    /** Copies all bytes into [target], the first one to [targetOffset]. */
    public fun copyInto(
        target: ByteArray,
        targetOffset: Int = 0,
    ) {
        array.copyInto(target, targetOffset, offset, offset + size)
    }

    /** Equal when the bytes are, wherever they are stored. */
    override fun equals(other: Any?): Boolean {
        if (this === other) return true
        if (other !is Bytes || other.size != size) return false
        for (i in 0 until size) if (array[offset + i] != other.array[other.offset + i]) return false
        return true
    }

    override fun hashCode(): Int {
        var hash = 1
        for (i in offset until offset + size) hash = 31 * hash + array[i]
        return hash
    }

    /** Only the size: content does not belong into logs. */
    override fun toString(): String = "Bytes(size=$size)"

    /** Holds the empty slice. */
    public companion object {
        /** No bytes at all. */
        public val Empty: Bytes = Bytes(ByteArray(0))
    }
}
