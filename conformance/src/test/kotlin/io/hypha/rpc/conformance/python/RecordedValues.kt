package io.hypha.rpc.conformance.python

import io.hypha.rpc.value.DType
import io.hypha.rpc.value.MemoryView
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.RemoteError
import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.longOrNull

/** Bytes of which only the size was recorded: a piece of a long message. */
internal class ElidedBytes(
    val size: Int,
    val sha256: String,
)

/** A value that was left out of the recording because nothing here sends or compares it. */
internal class OmittedValue(
    val what: String,
)

/** What a JSON value of a recording stands for on the wire; `15` and `15.0` are an integer and a float. */
internal fun plainValue(json: JsonElement): Any? =
    when (json) {
        is JsonNull -> null
        is JsonPrimitive -> if (json.isString) json.content else json.booleanOrNull ?: json.longOrNull ?: json.content.toDouble()
        is JsonArray -> json.map(::plainValue)
        is JsonObject -> bytes(json) ?: json.mapValues { plainValue(it.value) }
    }

private fun bytes(json: JsonObject): Any? {
    json["\$bytes"]?.let { return Bytes(fromHex(it.jsonPrimitive.content)) }
    json["\$bytes_len"]?.let { return ElidedBytes(it.jsonPrimitive.int, json.getValue("\$sha256").jsonPrimitive.content) }
    json["\$omitted"]?.let { return OmittedValue(it.jsonPrimitive.content) }
    val (byte, count) = json["\$repeat"]?.jsonArray?.map { it.jsonPrimitive.int } ?: return null
    return Bytes(ByteArray(count) { byte.toByte() })
}

private fun fromHex(hex: String) = ByteArray(hex.length / 2) { hex.substring(2 * it, 2 * it + 2).toInt(16).toByte() }

/** What a Kotlin program passes to send [plain]. */
internal fun programValue(plain: Any?): Any? =
    when (plain) {
        is Bytes -> plain.toByteArray()
        is List<*> -> plain.map(::programValue)
        is Map<*, *> -> if (plain["_rtype"] == "memoryview") MemoryView(plain["_rvalue"] as Bytes) else typed(plain, ::programValue)
        else -> plain
    }

/** What a Kotlin program that asks for no type receives for [plain]. */
internal fun receivedValue(plain: Any?): Any? =
    when (plain) {
        is List<*> -> plain.map(::receivedValue)
        is Map<*, *> -> if (plain["_rtype"] == "memoryview") plain["_rvalue"] else typed(plain, ::receivedValue)
        else -> plain
    }

private fun typed(
    plain: Map<*, *>,
    nested: (Any?) -> Any?,
): Any {
    val value = plain["_rvalue"]
    return when (plain["_rtype"]) {
        "set" -> (value as List<*>).map(nested).toSet()
        "orderedmap" -> OrderedMap((value as List<*>).associate { (it as List<*>)[0] to nested(it[1]) })
        "error" -> RemoteError(value as String, plain["_rtrace"] as String?)
        "ndarray", "typedarray" -> array(plain)
        null -> plain.mapValues { nested(it.value) }
        else -> error("a ${plain["_rtype"]} has no value of its own")
    }
}

private fun array(plain: Map<*, *>): NDArray {
    val flat = NDArray.ofBytes(DType.parse(plain["_rdtype"] as String), plain["_rvalue"] as Bytes)
    val shape = plain["_rshape"] as List<*>? ?: return flat
    return flat.reshape(*IntArray(shape.size) { (shape[it] as Long).toInt() })
}
