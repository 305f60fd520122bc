package io.hypha.rpc.wire

import kotlin.random.Random

/** Random values of every kind, sizes around the borders of the format more often than chance would have it. */
internal object PlainTrees {
    private val integerBorders: List<Long> =
        listOf(5, 7, 8, 15, 16, 31, 32, 53, 63)
            .flatMap { bit -> listOf(1L shl bit, -(1L shl bit)) }
            .flatMap { listOf(it - 1, it, it + 1) } + 0L

    private val floatBorders: List<Double> =
        listOf(
            0.0,
            -0.0,
            1.0,
            Double.NaN,
            Double.fromBits(0x7ff8_0000_dead_beefL),
            Double.fromBits(-0x7_ffff_0000_0001L),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
        )

    private val sizeBorders = listOf(0, 1, 15, 16, 31, 32, 85, 86, 255, 256, 257, 8191, 8192, 8193, 65535, 65536)

    /** The last code point of one, two, three and four bytes, and others between. */
    private val codePoints =
        listOf(0x20, 0x41, 0x7f, 0x80, 0x7ff, 0x800, 0x20ac, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff)

    /** A value with lists and maps up to [depth] levels deep. */
    fun tree(
        random: Random,
        depth: Int = 3,
    ): Any? =
        when (random.nextInt(if (depth == 0) 7 else 10)) {
            0 -> if (random.nextBoolean()) null else random.nextBoolean()
            1 -> integer(random)
            2 -> if (random.nextBoolean()) floatBorders.random(random) else random.nextDouble() * 1e9
            3, 4 -> text(random)
            5 -> Bytes(random.nextBytes(size(random)))
            6 -> timestamp(random)
            7, 8 -> List(random.nextInt(20)) { tree(random, depth - 1) }
            else -> buildMap { repeat(random.nextInt(20)) { put(text(random), tree(random, depth - 1)) } }
        }

    private fun integer(random: Random): Any =
        when (random.nextInt(3)) {
            0 -> integerBorders.random(random)
            1 -> random.nextLong() shr random.nextInt(64)
            else -> ULong.MAX_VALUE - random.nextInt(1000).toULong()
        }

    private fun size(random: Random): Int = if (random.nextInt(8) == 0) sizeBorders.random(random) else random.nextInt(40)

    private fun text(random: Random): String {
        val onlyAscii = random.nextBoolean()
        val size = size(random)
        return buildString {
            repeat(size) { if (onlyAscii) append('a' + it % 26) else appendCodePoint(codePoints.random(random)) }
        }
    }

    private fun timestamp(random: Random): WireTimestamp =
        when (random.nextInt(3)) {
            0 -> WireTimestamp(random.nextLong(1L shl 32), 0)
            1 -> WireTimestamp(random.nextLong(1L shl 34), random.nextInt(1_000_000_000))
            else -> WireTimestamp(random.nextLong() shr 10, random.nextInt(1_000_000_000))
        }
}
