package io.hypha.rpc.service

import kotlinx.serialization.json.JsonObject

/**
 * The functions of this service as definitions of tools for a language model, without a connection to its provider; [RemoteService.tools] has
 * the same with the same names, and runs them. Empty when the server keeps no schema of the service.
 */
public fun ServiceInfo.toolDefinitions(): List<JsonObject> {
    val functions = functionsIn("", serviceSchema)
    return functions.zip(toolNames(functions.map { it.first })) { (_, schema), name ->
        toolDefinition(name, schema["description"] as? String, toolParameters(schema))
    }
}

private fun functionsIn(
    prefix: String,
    members: Map<String, Any?>,
): List<Pair<String, Map<String, Any?>>> =
    members.entries.flatMap { (name, member) ->
        when {
            member !is Map<*, *> -> emptyList()
            member["type"] == "function" -> listOf("$prefix$name" to textKeys(member["function"]))
            else -> functionsIn("$prefix$name.", textKeys(member))
        }
    }
