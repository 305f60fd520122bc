package io.hypha.rpc.hub.socket

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A plain value as JSON. */
internal fun jsonOf(value: Any?): JsonElement =
    when (value) {
        null -> JsonNull
        is String -> JsonPrimitive(value)
        is Number -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        is Map<*, *> -> JsonObject(value.entries.associate { (key, entry) -> key as String to jsonOf(entry) })
        is List<*> -> JsonArray(value.map(::jsonOf))
        else -> throw IllegalArgumentException("${value::class.simpleName} has no form in JSON")
    }
