package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.Contextual
import kotlinx.serialization.Serializable
import kotlin.time.Instant

/** The table "Writing" of `docs/values.md`: the same form with and without a static type. */
class WriteFormsSpec :
    FunSpec({
        /** Checks [form] for [value] by its run-time type and as a [T]. */
        fun <T> check(
            shape: Shape<T>,
            value: T,
            form: Any?,
        ) {
            val format = ValueFormat()
            withClue("$shape") {
                wireOf(value) shouldBe form
                wireTree { format.write(format.serializer(shape), value, it, null) } shouldBe form
            }
        }

        test("arrays of primitives that JavaScript has are typed arrays, others are n-dimensional ones") {
            check(shape<FloatArray>(), floatArrayOf(1f), typedarray("float32", 0, 0, 0x80, 0x3f))
            check(shape<DoubleArray>(), doubleArrayOf(1.0), typedarray("float64", 0, 0, 0, 0, 0, 0, 0xf0, 0x3f))
            check(shape<IntArray>(), intArrayOf(1, -1), typedarray("int32", 1, 0, 0, 0, 255, 255, 255, 255))
            check(shape<ShortArray>(), shortArrayOf(258), typedarray("int16", 2, 1))
            check(shape<LongArray>(), longArrayOf(3), ndarray("int64", listOf(1), 3, 0, 0, 0, 0, 0, 0, 0))
            check(shape<BooleanArray>(), booleanArrayOf(true, false), ndarray("bool", listOf(2), 1, 0))
            check(shape<ByteArray>(), byteArrayOf(1), bytesOf(1))
            check(shape<FloatArray>(), floatArrayOf(), typedarray("float32"))
        }

        test("an array object is a typed array exactly when JavaScript can decode that") {
            val pair = byteArrayOf(1, 2)
            check(shape<NDArray>(), NDArray.of(pair), typedarray("int8", 1, 2))
            check(shape<NDArray>(), NDArray.of(pair).reinterpret(DType.UInt8), typedarray("uint8", 1, 2))
            check(shape<NDArray>(), NDArray.of(shortArrayOf(258)).reinterpret(DType.UInt16), typedarray("uint16", 2, 1))
            check(shape<NDArray>(), NDArray.of(pair, 1, 2), ndarray("int8", listOf(1, 2), 1, 2))
            check(shape<NDArray>(), NDArray.of(byteArrayOf(1)).reshape(), ndarray("int8", emptyList(), 1))
            check(shape<NDArray>(), NDArray.of(shortArrayOf(0x3c00)).reinterpret(DType.Float16), ndarray("float16", listOf(1), 0, 0x3c))
            check(shape<NDArray>(), NDArray.ofBytes(DType.parse(">u2"), bytesOf(1, 2)), ndarray(">u2", listOf(1), 1, 2))
            check(shape<NDArray>(), NDArray.ofBytes(DType.parse("<U1"), bytesOf(1, 0, 0, 0)), ndarray("<U1", listOf(1), 1, 0, 0, 0))
            check(shape<NDArray>(), NDArray.of(longArrayOf(), 0, 2), ndarray("int64", listOf(0, 2)))
        }

        test("a Fortran array is sent row by row, a received one too") {
            check(
                shape<NDArray>(),
                NDArray.of(byteArrayOf(1, 2, 3, 4, 5, 6), 2, 3).asFortran(),
                ndarray("int8", listOf(2, 3), 1, 3, 5, 2, 4, 6),
            )
            val slice = NDArray.ofBytes(DType.parse(">i2"), bytesOf(0, 1, 0, 2, 0, 3, 0, 4), 2, 2).asFortran()
            check(shape<NDArray>(), slice, ndarray(">i2", listOf(2, 2), 0, 1, 0, 3, 0, 2, 0, 4))
            val complex = NDArray.ofComplex(FloatArray(8) { it.toFloat() }, 2, 2).asFortran()
            (valueOf(wireOf(complex)) as NDArray).getComplex(0, 1) shouldBe Complex(4.0, 5.0)
        }

        test("large arrays are linked or copied once, and arrive whole") {
            val bytes = ByteArray(20_000) { it.toByte() }
            for (array in listOf(
                NDArray.of(bytes),
                NDArray.ofBytes(DType.UInt16, Bytes(bytes)),
                NDArray.of(
                    DoubleArray(5_000) {
                        it / 3.0
                    },
                    50,
                    100,
                ),
            )) {
                valueOf(wireOf(array)) shouldBe array
            }
        }

        test("collections have the same form with and without a type") {
            check(shape<List<Int>>(), listOf(1), listOf(1L))
            check(shape<Set<Int>>(), setOf(1, 2), set(1L, 2L))
            check(shape<HashSet<Int>>(), hashSetOf(1), set(1L))
            check(shape<Collection<Int>>(), listOf(1), listOf(1L))
            check(shape<Array<String?>>(), arrayOf("a", null), listOf("a", null))
            check(shape<Map<String, Int?>>(), mapOf("a" to null), mapOf("a" to null))
            check(shape<Map<Mood, Int>>(), mapOf(Mood.Bad to 1), mapOf("not-so-good" to 1L))
            check(shape<Map<Char, Int>>(), mapOf('c' to 1), mapOf("c" to 1L))
            check(shape<Map<Int, Int>>(), mapOf(1 to 2), orderedmap(1L to 2L))
            check(shape<Map<Boolean, Int>>(), mapOf(true to 2), orderedmap(true to 2L))
            check(shape<Map<ULong, Int>>(), mapOf(ULong.MAX_VALUE to 2), orderedmap(ULong.MAX_VALUE to 2L))
            check(shape<Map<Any, Int>>(), mapOf("a" to 1), mapOf("a" to 1L))
            check(shape<Map<Any, Int>>(), mapOf("a" to 1, 2 to 2), orderedmap("a" to 1L, 2L to 2L))
            typedWireOf(emptyMap<Int, Int>()) shouldBe orderedmap()
            typedWireOf(mapOf(Id("k") to 1)) shouldBe mapOf("k" to 1L)
        }

        test("single values have the same form with and without a type") {
            check(shape<Unit>(), Unit, null)
            check(shape<Char>(), 'x', "x")
            check(shape<Float>(), 0.5f, 0.5)
            check(shape<UByte>(), 255u.toUByte(), 255L)
            check(shape<UShort>(), 65535u.toUShort(), 65535L)
            check(shape<UInt>(), UInt.MAX_VALUE, 4294967295L)
            check(shape<ULong>(), ULong.MAX_VALUE, ULong.MAX_VALUE)
            check(shape<Byte>(), (-1).toByte(), -1L)
            check(shape<Short>(), (-1).toShort(), -1L)
            check(shape<Boolean>(), true, true)
            check(shape<Mood>(), Mood.Bad, "not-so-good")
            check(shape<Instant>(), Instant.fromEpochSeconds(0), "1970-01-01T00:00:00Z")
            check(shape<MemoryView>(), MemoryView(bytesOf(1)), memoryview(1))
            check(shape<Bytes>(), bytesOf(1), bytesOf(1))
            check(shape<Any?>(), null, null)
        }

        test("members of primitive types are written as what they are") {
            typedWireOf(Primitives(true, 1, 2, 3, 4, 5f, 6.0, 'c')) shouldBe
                mapOf("a" to true, "b" to 1L, "c" to 2L, "d" to 3L, "e" to 4L, "f" to 5.0, "g" to 6.0, "h" to "c")
        }

        test("a typed map with keys that cannot be sent is refused, with its path") {
            problemAt("[0]") { typedWireOf(listOf(mapOf(Point(1, 2) to 1))) } shouldContain "Point"
            problemAt("[0]") { typedWireOf(listOf(mapOf<String?, Int>(null to 1))) } shouldContain "nil"
            problemAt("m") { typedWireOf(OpenKeys(mapOf(listOf(1) to 1))) } shouldContain "SingletonList"
            problemAt("m.7") { typedWireOf(OpenKeys(mapOf(7 to Regex("x")))) } shouldContain "Regex"
        }
    })

@Serializable
private class OpenKeys(
    val m: Map<
        @Contextual Any,
        @Contextual Any,
    >,
)

@Serializable
private class Primitives(
    val a: Boolean,
    val b: Byte,
    val c: Short,
    val d: Int,
    val e: Long,
    val f: Float,
    val g: Double,
    val h: Char,
)
