package io.hypha.rpc.service

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/** Turns what a language model wants to call the tool [name] with into the arguments of a call; [parameters] is its schema. */
internal class ToolArguments(
    private val name: String,
    private val parameters: Map<String, Any?>,
) {
    private val properties = textKeys(parameters["properties"])
    private val takesMore = parameters["additionalProperties"].let { it == true || it is Map<*, *> }
    private val required = (parameters["required"] as? List<*>).orEmpty()
    private val values = ToolValues(textKeys(parameters["\$defs"]))

    /** The values by the names of the parameters. */
    fun byName(arguments: JsonObject): Map<String, Any?> {
        val given = arguments.filterNot { (parameter, value) -> value is JsonNull && isLeftOut(parameter) }
        val unknown = given.keys - properties.keys
        require(
            unknown.isEmpty() || properties.isEmpty() || takesMore,
        ) { "the tool '$name' has no parameters $unknown; it has ${properties.keys}" }
        val missing = required - given.keys
        require(missing.isEmpty()) { "the tool '$name' misses its arguments $missing" }
        return given.mapValues { (parameter, value) -> value(parameter, value) }
    }

    /** The same in the order of the parameters, for providers that know no names. What is left out in between is its default, or nil. */
    fun byPosition(values: Map<String, Any?>): List<Any?> {
        val names = properties.keys + values.keys
        val last = names.indexOfLast { it in values }
        return names.take(last + 1).map { if (it in values) values[it] else (properties[it] as? Map<*, *>)?.get("default") }
    }

    /** Some APIs have models give every argument, null for those that they would leave out. */
    private fun isLeftOut(parameter: String): Boolean =
        parameter !in required && parameter in properties && !values.permitsNull(properties[parameter])

    private fun value(
        parameter: String,
        json: JsonElement,
    ): Any? =
        try {
            values.of(json, properties[parameter])
        } catch (_: IllegalArgumentException) {
            throw IllegalArgumentException(problem(parameter)) // The cause quotes the argument.
        }

    private fun problem(parameter: String) = "the argument '$parameter' of the tool '$name' is not base64"

    /** The arguments as a model returns them; an empty text stands for none. */
    fun parse(text: String): JsonObject {
        if (text.isBlank()) return JsonObject(emptyMap())
        val json =
            try {
                Json.parseToJsonElement(text)
            } catch (_: SerializationException) {
                null // Its message quotes the text.
            }
        return requireNotNull(json as? JsonObject) { "the arguments of the tool '$name' are no JSON object" }
    }
}
