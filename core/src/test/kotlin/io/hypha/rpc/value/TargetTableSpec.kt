package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.WireTimestamp
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.toList
import java.io.File
import kotlin.time.Instant

/** The table "Reading with a type" of `docs/values.md`, row by row: what fits each type, and what does not. */
class TargetTableSpec :
    FunSpec({
        val rows = ArrayList<String>()

        fun row(
            name: String,
            check: suspend Row.() -> Unit,
        ) {
            rows += name
            test("$name takes the forms that the table says, and no others") { Row().check() }
        }

        row("`Boolean`") {
            fits<Boolean>(true to true, false to false)
            fits<Boolean>(ndarray("bool", emptyList(), 1) to true, ndarray("bool", emptyList(), 0) to false)
            refuses<Boolean>(1, "true", null, ndarray("uint8", emptyList(), 1), ndarray("bool", listOf(1), 1))
        }

        row("`Byte`, `Short`, `Int`, `Long`") {
            fits<Byte>(-128 to Byte.MIN_VALUE, 127.0 to Byte.MAX_VALUE, ndarray("int8", emptyList(), 255) to (-1).toByte())
            refuses<Byte>(128, -129, 1.5, "1", ndarray("uint8", emptyList(), 255))
            fits<Short>(-32768 to Short.MIN_VALUE, 5.0 to 5.toShort(), ndarray("uint8", emptyList(), 255) to 255.toShort())
            refuses<Short>(32768, 1e5)
            fits<Int>(Int.MIN_VALUE to Int.MIN_VALUE, -0.0 to 0, ndarray("int16", emptyList(), 1, 2) to 513)
            refuses<Int>(1L shl 31, 0.5, Double.NaN, true, null, listOf(1), ndarray("int8", listOf(1), 1), ULong.MAX_VALUE)
            fits<Long>(Long.MIN_VALUE to Long.MIN_VALUE, Long.MAX_VALUE to Long.MAX_VALUE, 1e18 to 1_000_000_000_000_000_000)
            fits<Long>(ndarray("float32", emptyList(), 0, 0, 0x80, 0x3f) to 1L, -9.223372036854775808E18 to Long.MIN_VALUE)
            refuses<Long>(ULong.MAX_VALUE, 9.223372036854775808E18, Double.POSITIVE_INFINITY)
            refuses<Long>(ndarray("float32", emptyList(), 0, 0, 0, 0x3f), ndarray("<U1", emptyList(), 1, 0, 0, 0), set(1))
        }

        row("`UByte`, `UShort`, `UInt`, `ULong`") {
            fits<UByte>(255 to UByte.MAX_VALUE, 0.0 to 0.toUByte())
            refuses<UByte>(256, -1, 1.5)
            fits<UShort>(65535 to UShort.MAX_VALUE)
            refuses<UShort>(65536)
            fits<UInt>(4294967295 to UInt.MAX_VALUE, ndarray("uint32", emptyList(), 255, 255, 255, 255) to UInt.MAX_VALUE)
            refuses<UInt>(4294967296)
            fits<ULong>(ULong.MAX_VALUE to ULong.MAX_VALUE, 1.8446744073709549568E19 to 18446744073709549568uL)
            fits<ULong>(ndarray("uint64", emptyList(), 255, 255, 255, 255, 255, 255, 255, 255) to ULong.MAX_VALUE)
            refuses<ULong>(-1, -1.0, 1.8446744073709551616E19, 0.5, "1", ndarray("int8", emptyList(), 255))
        }

        row("`Double`") {
            fits<Double>(0.1 to 0.1, 3 to 3.0, -(1L shl 53) to -9007199254740992.0, Long.MIN_VALUE to -9.223372036854775808E18)
            fits<Double>(ndarray("int8", emptyList(), 7) to 7.0, (1uL shl 63) to 9.223372036854775808E18, Double.NaN to Double.NaN)
            refuses<Double>(
                (1L shl 53) + 1,
                Long.MAX_VALUE,
                ULong.MAX_VALUE,
                "0.1",
                null,
                true,
                ndarray("complex64", emptyList(), 0, 0, 0, 0, 0, 0, 0, 0),
            )
        }

        row("`Float`") {
            fits<Float>(0.1 to 0.1f, 16777217 to 16777216f, Double.NEGATIVE_INFINITY to Float.NEGATIVE_INFINITY)
            fits<Float>(ndarray("float16", emptyList(), 0, 0x3c) to 1f)
            refuses<Float>(1e39, (1L shl 53) + 1, "1")
        }

        row("`Char`") {
            fits<Char>("x" to 'x')
            refuses<Char>("", "xy", 65)
        }

        row("`String`") {
            fits<String>("text" to "text", "" to "")
            refuses<String>(1, null, bytesOf(1), listOf("a"))
        }

        row("enum") {
            fits<Mood>("Good" to Mood.Good, "not-so-good" to Mood.Bad)
            refuses<Mood>("Bad", 0, null)
        }

        row("value class") {
            fits<Id>("a" to Id("a"))
            refuses<Id>(1)
        }

        row("`Unit`") {
            fits<Unit>(null to Unit, 5 to Unit, listOf(mapOf("a" to 1)) to Unit, mapOf("_rtype" to "method") to Unit)
        }

        row("`T?`") {
            fits<Int?>(null to null, 5 to 5)
            fits<List<Int>?>(null to null, listOf(1) to listOf(1))
            fits<Point?>(null to null, mapOf("x" to 1, "y" to 2) to Point(1, 2))
            refuses<Int?>("5")
        }

        row("`ByteArray`") {
            val wanted = byteArrayOf(1, -1)
            fits<ByteArray>(bytesOf(1, 255) to wanted, memoryview(1, 255) to wanted, typedarray("uint8", 1, 255) to wanted)
            fits<ByteArray>(
                typedarray("int8", 1, 255) to wanted,
                typedarray(null, 1, 255) to wanted,
                ndarray("uint8", listOf(2), 1, 255) to wanted,
            )
            fits<ByteArray>(listOf(1, 255) to wanted, listOf(1, -1) to wanted, ndarray("int16", listOf(2), 1, 0, 255, 255) to wanted)
            refuses<ByteArray>(listOf(256), listOf(-129), typedarray("int16", 0, 1), ndarray("uint8", listOf(1, 2), 1, 2), "AQ==", null)
        }

        row("`Bytes`, `MemoryView`") {
            val wanted = bytesOf(1, 255)
            fits<Bytes>(bytesOf(1, 255) to wanted, memoryview(1, 255) to wanted, typedarray("uint8", 1, 255) to wanted)
            fits<Bytes>(ndarray("int8", listOf(2), 1, 255) to wanted, listOf(1, -1) to wanted, typedarray(null, 1, 255) to wanted)
            refuses<Bytes>(typedarray("int16", 0, 1), ndarray("uint8", listOf(1, 2), 1, 2), listOf(256), listOf("a"), "AQ==", null, 5)
            fits<MemoryView>(memoryview(1, 255) to MemoryView(wanted), bytesOf(1, 255) to MemoryView(wanted))
            refuses<MemoryView>(set(1))
        }

        row("`ShortArray`, `IntArray`, `LongArray`, `FloatArray`, `DoubleArray`") {
            fits<ShortArray>(
                typedarray("int16", 1, 2) to shortArrayOf(513),
                bytesOf(255) to shortArrayOf(255),
                listOf(1, 2.0) to shortArrayOf(1, 2),
            )
            refuses<ShortArray>(typedarray("uint16", 255, 255), listOf(32768))
            fits<IntArray>(typedarray("int32", 1, 0, 0, 0) to intArrayOf(1), ndarray(">i4", listOf(1), 0, 0, 0, 1) to intArrayOf(1))
            fits<IntArray>(
                typedarray("float32", 0, 0, 0x80, 0x3f) to intArrayOf(1),
                memoryview(7) to intArrayOf(7),
                emptyList<Int>() to intArrayOf(),
            )
            refuses<IntArray>(listOf(1, "a"), ndarray("int32", listOf(1, 1), 1, 0, 0, 0), ndarray("int8", emptyList(), 1), 5, null, set(1))
            fits<LongArray>(
                ndarray("int64", listOf(1), 1, 0, 0, 0, 0, 0, 0, 0) to longArrayOf(1),
                listOf(Long.MAX_VALUE) to longArrayOf(Long.MAX_VALUE),
            )
            refuses<LongArray>(listOf(ULong.MAX_VALUE), ndarray("uint64", listOf(1), 255, 255, 255, 255, 255, 255, 255, 255))
            fits<FloatArray>(typedarray("float32", 0, 0, 0x80, 0x3f) to floatArrayOf(1f), listOf(1, 0.1) to floatArrayOf(1f, 0.1f))
            refuses<FloatArray>(listOf(1e39), typedarray("complex64", 0, 0, 0, 0, 0, 0, 0, 0))
            fits<DoubleArray>(typedarray("float32", 0, 0, 0x80, 0x3f) to doubleArrayOf(1.0), listOf(1, 2.5) to doubleArrayOf(1.0, 2.5))
            fits<DoubleArray>(typedarray("float64", 0, 0, 0, 0, 0, 0, 0xf0, 0x3f) to doubleArrayOf(1.0), bytesOf(2) to doubleArrayOf(2.0))
            refuses<DoubleArray>(listOf(null), listOf((1L shl 53) + 1), mapOf("a" to 1))
        }

        row("`BooleanArray`") {
            fits<BooleanArray>(
                ndarray("bool", listOf(2), 1, 0) to booleanArrayOf(true, false),
                listOf(true, false) to booleanArrayOf(true, false),
            )
            refuses<BooleanArray>(listOf(1), bytesOf(1), typedarray("uint8", 1), ndarray("bool", emptyList(), 1))
        }

        row("`NDArray`") {
            fits<NDArray>(
                typedarray("int8", 1, 2) to NDArray.of(byteArrayOf(1, 2)),
                ndarray("int8", emptyList(), 1) to NDArray.of(byteArrayOf(1)).reshape(),
            )
            fits<NDArray>(bytesOf(1) to NDArray.ofBytes(DType.UInt8, bytesOf(1)), memoryview(1) to NDArray.ofBytes(DType.UInt8, bytesOf(1)))
            refuses<NDArray>(listOf(1), 1, null, "a")
        }

        row("`List<T>`, `Set<T>`, `Array<T>`") {
            fits<List<Int>>(listOf(1, 2.0) to listOf(1, 2), set(1, 2) to listOf(1, 2), typedarray("float32", 0, 0, 0x80, 0x3f) to listOf(1))
            fits<List<Int>>(bytesOf(255) to listOf(255), memoryview(255) to listOf(255))
            fits<List<Boolean>>(ndarray("bool", listOf(2), 1, 0) to listOf(true, false))
            fits<List<List<Int>>>(ndarray("int8", listOf(2, 2), 1, 2, 3, 4) to listOf(listOf(1, 2), listOf(3, 4)))
            fits<List<IntArray?>>(listOf(listOf(1), null) to listOf(intArrayOf(1), null))
            fits<List<Any>>(
                typedarray("int8", 1) to listOf<Any>(1L),
                ndarray("int8", listOf(1, 1), 5) to listOf<Any>(NDArray.of(byteArrayOf(5))),
            )
            fits<List<UByte>>(typedarray("uint8", 255) to listOf(UByte.MAX_VALUE))
            fits<Set<Int>>(set(1, 2) to setOf(1, 2), listOf(1, 1) to setOf(1), typedarray("int8", 3) to setOf(3))
            fits<Array<String>>(listOf("a") to arrayOf("a"), set("a") to arrayOf("a"))
            refuses<List<Int>>(mapOf("a" to 1), null, "a", ndarray("int8", emptyList(), 1), orderedmap(1 to 2), listOf(null))
            refuses<List<Point>>(typedarray("int8", 1), ndarray("int8", listOf(1, 1), 1))
            refuses<List<String>>(typedarray("int8", 1))
            refuses<List<List<Int>>>(typedarray("int8", 1))
            refuses<List<IntArray>>(typedarray("int8", 1))
        }

        row("`Map<K, V>`") {
            fits<Map<String, Int>>(
                mapOf("a" to 1) to mapOf("a" to 1),
                orderedmap("a" to 1) to mapOf("a" to 1),
                emptyMap<String, Any>() to emptyMap<String, Int>(),
            )
            fits<Map<Int, String>>(
                orderedmap(1 to "a", 2.0 to "b") to mapOf(1 to "a", 2 to "b"),
                mapOf("1" to "a", "-2" to "b") to mapOf(1 to "a", -2 to "b"),
            )
            fits<Map<Long, Int>>(mapOf("5" to 1) to mapOf(5L to 1))
            fits<Map<Short, Int>>(mapOf("5" to 1) to mapOf(5.toShort() to 1))
            fits<Map<Byte, Int>>(mapOf("5" to 1) to mapOf(5.toByte() to 1))
            fits<Map<Double, Int>>(mapOf("1.5" to 1) to mapOf(1.5 to 1), orderedmap(1 to 1) to mapOf(1.0 to 1))
            fits<Map<Float, Int>>(mapOf("1.5" to 1) to mapOf(1.5f to 1))
            fits<Map<Boolean, Int>>(mapOf("true" to 1) to mapOf(true to 1), orderedmap(false to 1) to mapOf(false to 1))
            fits<Map<ULong, Int>>(mapOf("18446744073709551615" to 1) to mapOf(ULong.MAX_VALUE to 1), orderedmap(1 to 1) to mapOf(1uL to 1))
            fits<Map<Mood, Int>>(mapOf("Good" to 1) to mapOf(Mood.Good to 1))
            fits<Map<Id, Int>>(mapOf("k" to 1) to mapOf(Id("k") to 1))
            fits<Map<Any, Int>>(mapOf("k" to 1) to mapOf<Any, Int>("k" to 1), orderedmap(1 to 1, "a" to 2) to mapOf(1L to 1, "a" to 2))
            fits<Map<String, Int>>(mapOf("_rtype" to "pydantic_model", "_rvalue" to mapOf("a" to 1)) to mapOf("a" to 1))
            fits<Map<String, Any?>>(mapOf("_rtype" to "unknown", "a" to null) to mapOf("_rtype" to "unknown", "a" to null))
            refuses<Map<Int, Int>>(mapOf("a" to 1), orderedmap("a" to 1), listOf(1), null)
            refuses<Map<Boolean, Int>>(mapOf("TRUE" to 1))
            refuses<Map<String, Int>>(orderedmap(1 to 1), mapOf("a" to "b"), set(1))
        }

        row("`OrderedMap`") {
            fits<OrderedMap>(orderedmap(1 to "a") to OrderedMap(1 to "a"), mapOf("k" to 1) to OrderedMap("k" to 1L))
            refuses<OrderedMap>(listOf(1), null)
        }

        row("`@Serializable` class") {
            fits<Point>(
                mapOf("x" to 1, "y" to 2) to Point(1, 2),
                mapOf("_rtype" to "pydantic_model", "_rvalue" to mapOf("x" to 1, "y" to 2)) to Point(1, 2),
            )
            refuses<Point>(listOf(1, 2), null, "a", mapOf("x" to 1), set(1))
        }

        row("sealed or open class") {
            fits<Figure>(mapOf("type" to "nothing") to Nothing, mapOf("radius" to 1, "type" to "circle") to Circle(1.0))
            refuses<Figure>(mapOf("radius" to 1), "circle", null)
        }

        row("`Instant`") {
            val wanted = Instant.fromEpochSeconds(1, 500_000_000)
            fits<Instant>(
                "1970-01-01T00:00:01.5Z" to wanted,
                "1970-01-01T01:00:01.500+01:00" to wanted,
                1.5 to wanted,
                WireTimestamp(1, 500_000_000) to wanted,
            )
            fits<Instant>(
                0 to Instant.fromEpochSeconds(0),
                -1 to Instant.fromEpochSeconds(-1),
                -0.5 to Instant.fromEpochSeconds(-1, 500_000_000),
            )
            fits<List<Instant?>>(listOf(0, null) to listOf(Instant.fromEpochSeconds(0), null))
            refuses<Instant>("1970-01-01T00:00:00", "yesterday", Double.NaN, null, true)
        }

        row("`RemoteError`") {
            fits<RemoteError>(mapOf("_rtype" to "error", "_rvalue" to "v", "_rtrace" to "t") to RemoteError("v", "t"))
            refuses<RemoteError>("v", mapOf("a" to 1), null)
        }

        row("`Flow<T>`") {
            typedValueOf<Flow<Int>>(mapOf("_rtype" to "generator"), references = FakeReferences(remoteItems = listOf(1L))).toList() shouldBe
                listOf(1)
            typedValueOf<Flow<Int>>(listOf(1)).toList() shouldBe listOf(1)
            refuses<Flow<Int>>("a", null, mapOf("_rtype" to "method"), mapOf("_rtype" to "generator"))
        }

        row("`ByteSource`") {
            typedValueOf<ByteSource>(mapOf("_rtype" to "iostream"), references = FakeReferences()).size shouldBe null
            typedValueOf<ByteSource>(memoryview(1)).readAll() shouldBe bytesOf(1)
            refuses<ByteSource>("a", null, mapOf("_rtype" to "iostream"))
        }

        row("`Any`") {
            fits<Any>(1 to 1L, "a" to "a", set(1) to setOf(1L), mapOf("a" to null) to mapOf("a" to null))
            refuses<Any>(null)
        }

        row("class with a codec") {
            val format = ValueFormat(Codecs(listOf(codec<Pixels>("pixels", decoder = { Pixels(it["data"] as NDArray) }))))
            typedValueOf<Pixels>(mapOf("_rtype" to "pixels", "data" to typedarray("int8", 1)), format) shouldBe
                Pixels(NDArray.of(byteArrayOf(1)))
            shouldThrow<EncodingException> { typedValueOf<Pixels>(5, format) }
        }

        test("every row of the table in the documentation is tested here, in its order") {
            val table = File("../docs/values.md").readLines().dropWhile { it != "| Type asked for | Wire forms that fit |" }
            val documented = table.drop(2).takeWhile { it.startsWith("|") }.map { it.drop(1).substringBefore("|").trim() }
            rows shouldContainExactly documented
        }
    })

private class Row {
    inline fun <reified T> fits(vararg cases: Pair<Any?, T>) {
        for ((form, value) in cases) withClue("$form as ${shape<T>()}") { typedValueOf<T>(form).comparable() shouldBe value.comparable() }
    }

    inline fun <reified T> refuses(vararg forms: Any?) {
        for (form in forms) withClue("$form as ${shape<T>()}") { shouldThrow<EncodingException> { typedValueOf<T>(form) } }
    }

    /** Arrays by content, wherever they are; NaN equal to itself. */
    fun Any?.comparable(): Any? =
        when (this) {
            is ByteArray -> asList()
            is ShortArray -> asList()
            is IntArray -> asList()
            is LongArray -> asList()
            is FloatArray -> asList()
            is DoubleArray -> asList()
            is BooleanArray -> asList()
            is Array<*> -> asList()
            is List<*> -> map { it.comparable() }
            is Double -> toBits()
            else -> this
        }
}
