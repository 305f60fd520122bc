package io.hypha.rpc.service

import kotlinx.serialization.json.JsonObject

/** The words in which the `native` mode of the Python client names types, which are not those of JSON schema. */
private val pythonTypes =
    mapOf("str" to "string", "int" to "integer", "float" to "number", "bool" to "boolean", "list" to "array", "dict" to "object")

/** The schema of a function's parameters, with what language models ask for: the type `object`, `properties`, and types by their names. */
internal fun toolParameters(schema: Map<String, Any?>?): Map<String, Any?> {
    val parameters = textKeys(schema?.get("parameters"))
    val properties = textKeys(parameters["properties"]).mapValues { (_, property) -> repaired(property) }
    return mapOf("type" to "object", "properties" to properties) + (parameters - "type" - "properties")
}

private fun repaired(property: Any?): Any? {
    val schema = (property as? Map<*, *>)?.filterNot { (key, value) -> key == "description" && value == null } ?: return property
    val type = pythonTypes[schema["type"]] ?: return schema
    return schema + ("type" to type)
}

/** The definition of a tool in the form that function-calling APIs take. */
internal fun toolDefinition(
    name: String,
    description: String?,
    parameters: Map<String, Any?>,
): JsonObject {
    val function = mapOf("name" to name, "description" to description.orEmpty(), "parameters" to parameters)
    val definition = jsonOrNull(mapOf("type" to "function", "function" to function)) as JsonObject?
    return requireNotNull(definition) { "the schema of the function '$name' holds something that is no JSON value" }
}

/** [map] when it is a map, with text for keys. */
internal fun textKeys(map: Any?): Map<String, Any?> =
    (map as? Map<*, *>).orEmpty().entries.associate { (key, value) -> key.toString() to value }
