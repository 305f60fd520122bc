package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi

/**
 * Encoded bytes as the parts they were built from, in order: nothing is joined until somebody needs it whole. The arrays are
 * shared with whoever handed in the values, so they must not be changed before the bytes have been sent.
 *
 * @property parts the pieces in order, none of them empty.
 */
@InternalHyphaApi
public class ByteChain internal constructor(
    public val parts: List<Bytes>,
) {
    /** Number of bytes over all parts. */
    public val size: Int = parts.sumOf { it.size }

    /** The bytes from [from] (inclusive) to [to] (exclusive), sharing the same arrays. */
    public fun slice(
        from: Int,
        to: Int,
    ): ByteChain {
        require(from in 0..to && to <= size) { "The range $from to $to does not lie in a chain of $size bytes" }
        if (from == 0 && to == size) return this
        val inside = ArrayList<Bytes>()
        var partStart = 0
        for (part in parts) {
            val first = maxOf(from - partStart, 0)
            val last = minOf(to - partStart, part.size)
            if (first < last) inside += part.slice(first, last)
            partStart += part.size
            if (partStart >= to) break
        }
        return ByteChain(inside)
    }

    /** These bytes followed by those of [next], sharing the arrays. */
    public operator fun plus(next: ByteChain): ByteChain {
        checkMessageSize(size, next.size)
        return ByteChain(parts + next.parts)
    }

    /** All bytes in one slice; copies only when there is more than one part. */
    public fun toBytes(): Bytes =
        when (parts.size) {
            0 -> Bytes.Empty
            1 -> parts[0]
            else -> Bytes(toByteArray())
        }

    /** One fresh array of exactly [size] bytes. */
    public fun toByteArray(): ByteArray = ByteArray(size).also { copyInto(it) }

    /** Copies all bytes into [target], the first one to [targetOffset]. */
    public fun copyInto(
        target: ByteArray,
        targetOffset: Int = 0,
    ) {
        var at = targetOffset
        for (part in parts) {
            part.copyInto(target, at)
            at += part.size
        }
    }

    /** Only sizes: content does not belong into logs. */
    override fun toString(): String = "ByteChain(size=$size, parts=${parts.size})"
}
