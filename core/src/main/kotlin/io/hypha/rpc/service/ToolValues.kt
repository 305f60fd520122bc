package io.hypha.rpc.service

import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.io.encoding.Base64

/**
 * Turns JSON into the values that a schema means: bytes, which are base64 in JSON, and whole numbers, which models also write as `2.0`.
 *
 * @param definitions what references in the schemas mean.
 */
internal class ToolValues(
    definitions: Map<String, Any?>,
) {
    private val choices = SchemaChoices(definitions)

    /** @throws IllegalArgumentException for text that should be base64 and is not. Its message does not quote the text. */
    fun of(
        json: JsonElement,
        schema: Any?,
    ): Any? =
        when (json) {
            is JsonNull -> null
            is JsonPrimitive -> if (json.isString) text(json.content, choices.of(schema)) else number(plainValue(json), choices.of(schema))
            is JsonArray -> choices.of(schema).firstNotNullOfOrNull { it["items"] }.let { items -> json.map { of(it, items) } }
            is JsonObject -> fields(json, choices.of(schema).firstOrNull { fits(json, it) }.orEmpty())
        }

    /** Whether null is a value of [schema]. */
    fun permitsNull(schema: Any?): Boolean = choices.permits(schema, JsonNull)

    private fun fields(
        json: JsonObject,
        schema: Map<*, *>,
    ): Map<String, Any?> {
        val properties = textKeys(schema["properties"])
        return json.mapValues { (name, value) -> of(value, properties[name] ?: schema["additionalProperties"]) }
    }

    /** Of several classes the one whose constants are there, such as the name of the class. */
    private fun fits(
        json: JsonObject,
        schema: Map<*, *>,
    ): Boolean =
        SchemaChoices.typesOf(schema).orEmpty().contains("object") &&
            textKeys(schema["properties"]).all { (name, property) ->
                val constant = (property as? Map<*, *>)?.get("const")
                constant == null || json[name]?.let(::plainValue) == constant
            }

    private fun text(
        text: String,
        choices: List<Map<*, *>>,
    ): Any {
        val others = choices.filterNot { SchemaChoices.typesOf(it) == listOf("null") }
        return if (others.isNotEmpty() && others.all { it["format"] == "binary" }) Bytes(Base64.decode(text)) else text
    }

    private fun number(
        value: Any?,
        choices: List<Map<*, *>>,
    ): Any? {
        if (value !is Double || value % 1.0 != 0.0 || value < Long.MIN_VALUE || value >= Long.MAX_VALUE) return value
        val types = choices.map { SchemaChoices.typesOf(it) ?: return value }.flatten()
        return if ("integer" in types && "number" !in types) value.toLong() else value
    }
}
