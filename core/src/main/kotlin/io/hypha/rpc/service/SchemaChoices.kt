package io.hypha.rpc.service

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull

private const val REFERENCE = "#/\$defs/"

/**
 * What JSON schemas permit, as far as it matters here: the alternatives that values of a schema have.
 *
 * @param definitions what references in the schemas mean; others mean anything.
 */
internal class SchemaChoices(
    private val definitions: Map<String, Any?>,
) {
    /** The schemas of which a value of [schema] fits one, without references and alternatives in them. */
    fun of(schema: Any?): List<Map<*, *>> = of(schema, emptySet())

    // Whoever made the schema may have made it refer to itself.
    private fun of(
        schema: Any?,
        within: Set<String>,
    ): List<Map<*, *>> {
        if (schema !is Map<*, *>) return listOf(anything)
        val reference = schema["\$ref"] as? String
        if (reference != null) {
            val name = reference.removePrefix(REFERENCE)
            return if (name in within) listOf(anything) else of(definitions[name], within + name)
        }
        val choices = (schema["anyOf"] ?: schema["oneOf"]) as? List<*> ?: return listOf(schema)
        return choices.flatMap { of(it, within) }
    }

    /** Whether a value of the type that [json] has may be one of [schema]. */
    fun permits(
        schema: Any?,
        json: JsonElement,
    ): Boolean {
        val types = typesOf(json)
        return of(schema).any { choice -> typesOf(choice).let { known -> known == null || known.any(types::contains) } }
    }

    companion object {
        private val anything = emptyMap<String, Any?>()

        /** The types that [choice] names; null when it names none. */
        fun typesOf(choice: Map<*, *>): List<*>? =
            when (val type = choice["type"]) {
                is String -> listOf(type)
                is List<*> -> type
                else -> null
            }

        private fun typesOf(json: JsonElement): Set<String> =
            when (json) {
                is JsonNull -> setOf("null")
                is JsonArray -> setOf("array")
                is JsonObject -> setOf("object")
                is JsonPrimitive -> typesOf(json)
            }

        private fun typesOf(json: JsonPrimitive) =
            when {
                json.isString -> setOf("string")
                json.booleanOrNull != null -> setOf("boolean")
                else -> setOf("integer", "number")
            }
    }
}
