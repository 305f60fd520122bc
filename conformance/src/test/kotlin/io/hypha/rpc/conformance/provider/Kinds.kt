package io.hypha.rpc.conformance.provider

import io.hypha.rpc.value.DType
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.RemoteError
import io.hypha.rpc.wire.Bytes
import kotlin.time.Instant

/** The table of values of `src/test/js/values`, as a Kotlin program would make each of them. */
internal object Kinds {
    private const val MAX_SAFE = (1L shl 53) - 1
    private val integerBorders =
        listOf(-MAX_SAFE, -(1L shl 31) - 1, -(1L shl 31), -(1L shl 15) - 1, -(1L shl 15), -129L, -128L, -33L, -32L, -1L, 0L, 1L, 127L) +
            listOf(128L, 255L, 256L, 1L shl 15, (1L shl 16) - 1, 1L shl 16, 1L shl 31, (1L shl 32) - 1, 1L shl 32, MAX_SAFE)

    private val plain: Map<String, () -> Any?> =
        mapOf(
            "null" to { null },
            "true" to { true },
            "false" to { false },
            "empty text" to { "" },
            "text" to { "grüße, 菌丝, 🍄, \u0000 and \"quotes\"" },
            "long text" to { "ü🍄x".repeat(20000) },
            "empty list" to { emptyList<Any>() },
            "list" to { listOf(1, "two", listOf(3.5, null, listOf(true)), mapOf("four" to 4)) },
            "empty map" to { emptyMap<String, Any>() },
            "map" to { mapOf("a" to 1, "b c" to mapOf("d" to listOf(1, 2, 3)), "" to "empty key", "ключ" to null, "1" to "digit") },
            "map with underscored keys" to { mapOf("_private" to 1, "_rvalue" to 2, "args" to listOf(3), "method" to "m", "from" to "f") },
            "deep list" to { (0 until 50).fold("bottom" as Any) { value, i -> if (i % 2 == 0) listOf(value) else mapOf("in" to value) } },
        )

    private val numbers: Map<String, () -> Any?> =
        mapOf(
            "integers at borders" to { integerBorders },
            "integer beyond 53 bits" to { 1L shl 60 },
            "integral double" to { 3.0 },
            "double" to { 0.1 },
            "double extremes" to { listOf(Double.MAX_VALUE, Double.MIN_VALUE, Math.ulp(1.0), -1e-300, 1.5) },
            "nan" to { Double.NaN },
            "infinity" to { Double.POSITIVE_INFINITY },
            "negative infinity" to { Double.NEGATIVE_INFINITY },
            "negative zero" to { -0.0 },
        )

    private val bytes: Map<String, () -> Any?> =
        mapOf(
            "empty bytes" to { ByteArray(0) },
            "bytes" to { patternBytes(300) },
            "bytes view" to { Bytes(patternBytes(300)).slice(10, 20) },
            "bytes in a map" to {
                mapOf("frames" to listOf(patternBytes(3), patternBytes(0)), "meta" to mapOf("thumbnail" to patternBytes(17)))
            },
        )

    private val arrays: Map<String, () -> Any?> =
        mapOf(
            "int16array" to { shortArrayOf(-32768, -1, 0, 32767) },
            "int32array" to { intArrayOf(Int.MIN_VALUE, 0, Int.MAX_VALUE) },
            "float32array" to { floatArrayOf(0f, -0f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE) },
            "float64array" to { doubleArrayOf(0.0, -0.0, 0.1, Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE) },
            "empty float64array" to { DoubleArray(0) },
            "ndarray float32" to { NDArray.of(floatArrayOf(1f, 2f, 3f, 4f, 5f, 6f), 2, 3) },
            "ndarray int64" to { NDArray.of(longArrayOf(-1, 1L shl 62), 2) },
            "ndarray bool" to { NDArray.of(booleanArrayOf(true, false, true, true), 2, 2) },
            "ndarray without dimensions" to { NDArray.scalar(2.5) },
            "ndarray without elements" to { NDArray.of(FloatArray(0), 0, 3) },
        )

    private val collections: Map<String, () -> Any?> =
        mapOf(
            "empty set" to { emptySet<Any>() },
            "set" to { setOf(1, "two", true, null) },
            "set of maps" to { setOf(mapOf("a" to 1), mapOf("a" to 2)) },
            "empty orderedmap" to { OrderedMap() },
            "orderedmap with text keys" to { OrderedMap("z" to 1, "a" to 2) },
            "orderedmap with other keys" to { mapOf(1 to "one", -2.5 to "half", true to "yes", "text" to null) },
            "orderedmap nested" to { OrderedMap("inner" to OrderedMap(1 to setOf(2))) },
        )

    private val special: Map<String, () -> Any?> =
        mapOf(
            "error" to { IllegalArgumentException("out of range") },
            "date" to { Instant.parse("2024-02-29T12:34:56.789Z") },
            "date before 1970" to { Instant.parse("1912-06-23T00:00:00Z") },
            "unknown type" to {
                mapOf("_rtype" to "mycelium", "spores" to listOf(1, mapOf("colour" to "white")), "raw" to byteArrayOf(1, 2))
            },
            "unknown type nested" to { listOf(mapOf("deep" to mapOf("_rtype" to "hyphae", "length" to 3))) },
        )

    private val all = plain + numbers + bytes + arrays + collections + special

    val names: List<String> get() = all.keys.toList()

    fun make(kind: String): Any? = all.getValue(kind)()
}
