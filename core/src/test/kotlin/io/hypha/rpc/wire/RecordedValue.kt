package io.hypha.rpc.wire

import io.kotest.assertions.fail
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonPrimitive
import java.security.MessageDigest

/** Compares a decoded value with its recording: types, integers against floats, bits of floats and the order of keys included. */
internal fun shouldBeRecorded(
    actual: Any?,
    expected: JsonElement,
) {
    when (actual) {
        null -> expected shouldBe JsonNull
        is Map<*, *> -> mapShouldBe(actual, expected as JsonObject)
        is List<*> -> listShouldBe(actual, expected as JsonArray)
        is Bytes -> bytesShouldBe(actual, expected as JsonObject)
        is String -> textOf(expected, quoted = true) shouldBe actual
        is Double -> doubleOf(textOf(expected, quoted = false)).toRawBits() shouldBe actual.toRawBits()
        is Boolean, is Long, is ULong -> textOf(expected, quoted = false) shouldBe actual.toString()
        else -> fail("No recording holds a ${actual::class}")
    }
}

private fun mapShouldBe(
    actual: Map<*, *>,
    expected: JsonObject,
) {
    actual.keys.toList() shouldBe expected.keys.toList()
    for ((key, value) in actual) withClue("at $key") { shouldBeRecorded(value, expected.getValue(key as String)) }
}

private fun listShouldBe(
    actual: List<*>,
    expected: JsonArray,
) {
    actual.size shouldBe expected.size
    actual.forEachIndexed { index, value -> withClue("at $index") { shouldBeRecorded(value, expected[index]) } }
}

private fun bytesShouldBe(
    actual: Bytes,
    expected: JsonObject,
) {
    val whole = expected["\$bytes"]
    if (whole != null) {
        actual.toByteArray().toHexString() shouldBe whole.jsonPrimitive.content
    } else {
        actual.size shouldBe expected.getValue("\$bytes_len").jsonPrimitive.int
        val hash = MessageDigest.getInstance("SHA-256").digest(actual.toByteArray())
        hash.toHexString() shouldBe expected.getValue("\$sha256").jsonPrimitive.content
    }
}

private fun textOf(
    expected: JsonElement,
    quoted: Boolean,
): String {
    expected as JsonPrimitive
    expected.isString shouldBe quoted
    return expected.content
}

/** Python writes an integral float as `1.0` and `1e+22`, so a bare integer was no float. */
private fun doubleOf(text: String): Double {
    if (text.none { it in ".eNI" }) fail("The recording has the integer $text, not a float")
    return text.toDouble()
}
