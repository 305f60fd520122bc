package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction
import kotlinx.serialization.json.JsonObject

/**
 * Checks the schema [written] for [function] by hand: `{"description", "parameters": {"type": "object", "properties", "required"}}`, or the
 * same wrapped as `{"type": "function", "function": {…}}`.
 *
 * @throws IllegalArgumentException when it is something else, holds what JSON does not have, or names parameters that the function lacks.
 */
internal fun writtenSchema(
    function: LocalFunction,
    written: Map<*, *>,
): Map<String, Any?> {
    val fault = { problem: String -> "the schema of the function '${function.name}' $problem" }
    val json = requireNotNull(jsonOrNull(written) as? JsonObject) { fault("holds something that is no JSON value") }
    val schema = unwrapped(json.mapValues { plainValue(it.value) })
    val parameters = schema["parameters"] as? Map<*, *>
    require(parameters != null) { fault("has no 'parameters'; it is {\"description\": …, \"parameters\": {\"type\": \"object\", …}}") }
    require(parameters["type"] == "object") { fault("has 'parameters' of the type ${parameters["type"]}; they are an object") }
    val properties = parameters["properties"] ?: emptyMap<String, Any?>()
    require(properties is Map<*, *> && properties.values.all { it is Map<*, *> || it is Boolean }) {
        fault("has 'properties' that are no map of schemas")
    }
    val required = parameters["required"] ?: emptyList<String>()
    require(required is List<*> && required.all { it is String }) { fault("has a 'required' that is no list of names") }
    require(properties.keys.containsAll(required)) { fault("requires ${required - properties.keys}, which its 'properties' do not have") }
    val unknown = unknownParameters(function, properties.keys)
    require(unknown.isEmpty()) { fault("names $unknown, but the function has the parameters ${function.parameters.map { it.name }}") }
    require(schema["description"].let { it == null || it is String }) { fault("has a 'description' that is no text") }
    return schema
}

/** The function form of a schema that may be wrapped for language models. */
@Suppress("UNCHECKED_CAST") // It comes from JSON, whose keys are text.
internal fun unwrapped(schema: Map<String, Any?>): Map<String, Any?> =
    (schema["function"] as? Map<String, Any?>)?.takeIf { schema["type"] == "function" } ?: schema

/** The names among [names] under which [function] takes nothing. */
internal fun unknownParameters(
    function: LocalFunction,
    names: Collection<*>,
): List<Any?> = if (function.isVariadic) emptyList() else names - function.parameters.map { it.name }.toSet()
