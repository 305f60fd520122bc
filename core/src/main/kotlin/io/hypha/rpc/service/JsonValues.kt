package io.hypha.rpc.service

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.longOrNull

/** JSON as the values that this library sends: integers as `Long` or `ULong`, other numbers as `Double`, the rest as one would think. */
internal fun plainValue(json: JsonElement): Any? =
    when (json) {
        is JsonNull -> null
        is JsonPrimitive -> if (json.isString) json.content else json.booleanOrNull ?: numberOf(json)
        is JsonArray -> json.map(::plainValue)
        is JsonObject -> json.mapValues { plainValue(it.value) }
    }

private fun numberOf(json: JsonPrimitive): Any =
    json.longOrNull
        ?: json.content.toULongOrNull()
        ?: requireNotNull(json.doubleOrNull) { "the JSON holds something that is no value" }

/** [value] as JSON when it is made of what JSON has; null when it is not. */
internal fun jsonOrNull(value: Any?): JsonElement? =
    when (value) {
        null -> JsonNull
        is JsonElement -> value
        is Boolean -> JsonPrimitive(value)
        is Double -> JsonPrimitive(value).takeIf { value.isFinite() }
        is Float -> JsonPrimitive(value).takeIf { value.isFinite() }
        is Number -> JsonPrimitive(value)
        is UByte, is UShort, is UInt, is ULong -> JsonPrimitive(value.toString().toULong())
        is String -> JsonPrimitive(value)
        is Char -> JsonPrimitive(value.toString())
        is Collection<*> -> value.map { jsonOrNull(it) ?: return null }.let(::JsonArray)
        is Map<*, *> -> jsonObjectOrNull(value)
        else -> null
    }

private fun jsonObjectOrNull(map: Map<*, *>): JsonObject? =
    JsonObject(map.entries.associate { (key, value) -> (key as? String ?: return null) to (jsonOrNull(value) ?: return null) })
