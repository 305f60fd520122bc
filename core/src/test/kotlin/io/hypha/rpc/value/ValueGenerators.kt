package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlin.random.Random
import kotlin.time.Instant

/** Random values as they come out of a message, so that writing and reading them gives the same again. */
internal fun randomValue(
    random: Random,
    depth: Int = 4,
): Any? =
    when (random.nextInt(if (depth > 0) 15 else 9)) {
        0 -> null
        1 -> random.nextBoolean()
        2 -> random.nextLong() shr random.nextInt(64)
        3 -> Long.MAX_VALUE.toULong() + 1u + random.nextLong(Long.MAX_VALUE).toULong()
        4 -> Double.fromBits(random.nextLong()).takeUnless { it.isNaN() } ?: 0.1
        5 -> randomText(random)
        6 -> Bytes(random.nextBytes(random.nextInt(40)))
        7 -> randomArray(random)
        8 -> RemoteError(randomText(random), if (random.nextBoolean()) randomText(random) else null)
        9, 10 -> List(random.nextInt(5)) { randomValue(random, depth - 1) }
        11 -> List(random.nextInt(5)) { randomValue(random, depth - 1) }.toSet()
        12 -> OrderedMap(List(random.nextInt(5)) { randomKey(random) to randomValue(random, depth - 1) }.toMap())
        else -> List(random.nextInt(5)) { randomText(random) to randomValue(random, depth - 1) }.toMap()
    }

private fun randomKey(random: Random): Any =
    when (random.nextInt(4)) {
        0 -> random.nextLong()
        1 -> random.nextDouble()
        2 -> random.nextBoolean()
        else -> randomText(random)
    }

internal fun randomText(random: Random): String = String(CharArray(random.nextInt(12)) { "abc é✓߿_r".random(random) })

internal val numericTypes: List<DType> =
    listOf(
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float16",
        "float32",
        "float64",
        "bool",
        "complex64",
        "complex128",
    ).flatMap { listOf(DType.parse(it), DType.parse(it).inOrder(littleEndian = false)) }

/** An array of any type, of up to three dimensions of which some may be empty. */
internal fun randomArray(random: Random): NDArray {
    val dtype = numericTypes.random(random)
    val shape = IntArray(random.nextInt(1, 4)) { random.nextInt(4) }
    val bytes = random.nextBytes(shape.fold(dtype.itemSize) { product, size -> product * size })
    val array = NDArray.ofBytes(dtype, Bytes(bytes), *shape)
    return if (array.size == 1 && random.nextBoolean()) array.reshape() else array
}

/** Random instances of a class that has most kinds of members. */
internal fun randomSample(random: Random): Sample =
    Sample(
        flag = random.nextBoolean(),
        byte = random.nextInt().toByte(),
        short = random.nextInt().toShort(),
        int = random.nextInt(),
        long = random.nextLong(),
        ulong = random.nextLong().toULong(),
        float = Float.fromBits(random.nextInt()).takeUnless { it.isNaN() } ?: 0f,
        double = Double.fromBits(random.nextLong()).takeUnless { it.isNaN() } ?: 0.0,
        char = "aé✓".random(random),
        text = if (random.nextBoolean()) randomText(random) else null,
        mood = Mood.entries.random(random),
        id = Id(randomText(random)),
        time = Instant.fromEpochSeconds(random.nextLong(-1_000_000_000, 4_000_000_000), random.nextLong(1_000_000_000)),
        figures = List(random.nextInt(3)) { listOf(Circle(random.nextDouble()), Nothing, Label(randomText(random))).random(random) },
        numbers = List(random.nextInt(5)) { if (random.nextBoolean()) random.nextDouble() else null },
        names = List(random.nextInt(5)) { randomText(random) }.toSet(),
        byNumber = List(random.nextInt(5)) { random.nextInt() to Point(random.nextInt(), random.nextInt()) }.toMap(),
        byName = List(random.nextInt(5)) { randomText(random) to random.nextLong().toULong() }.toMap(),
        array = randomArray(random),
        any = randomValue(random, depth = 2),
    )
