package io.hypha.rpc.hub.auth

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject

/** Reads JSON of clients who are not known yet. The parser calls itself for every level, so what is nested deeply is not given to it. */
internal object JsonOfStrangers {
    private const val DEEPEST = 64

    /** The object that [text] is; null when it is none. */
    fun objectOf(text: String): JsonObject? {
        if (depthOf(text) > DEEPEST) return null
        return try {
            Json.parseToJsonElement(text) as? JsonObject
        } catch (_: SerializationException) {
            null
        }
    }

    private fun depthOf(text: String): Int {
        var depth = 0
        var deepest = 0
        var isInText = false
        var isEscaped = false
        for (char in text) {
            when {
                isEscaped -> isEscaped = false
                isInText && char == '\\' -> isEscaped = true
                char == '"' -> isInText = !isInText
                isInText -> Unit
                char == '[' || char == '{' -> deepest = maxOf(deepest, ++depth)
                char == ']' || char == '}' -> depth--
            }
        }
        return deepest
    }
}
