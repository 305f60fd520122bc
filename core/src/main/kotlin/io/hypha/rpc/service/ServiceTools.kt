package io.hypha.rpc.service

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.RemoteFunction
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * The functions of a remote service as tools for a language model: hand [definitions] to its API, and every call that it answers with to [run].
 *
 * Names of nested functions are joined by `_`: `math.mul` becomes `math_mul`. Should two functions come to the same name, the later one in the
 * order of [RemoteService.functionNames] ends in `_2`.
 *
 * @property all the tools in that order.
 */
public class ServiceTools internal constructor(
    public val all: List<ServiceTool>,
) {
    /** The definitions of all tools, for the `tools` of a request. */
    public val definitions: JsonArray get() = JsonArray(all.map { it.definition })

    /**
     * The tool that models know as [name].
     *
     * @throws MethodNotFoundException when there is none.
     */
    public operator fun get(name: String): ServiceTool =
        all.firstOrNull { it.name == name }
            ?: throw MethodNotFoundException("there is no tool '$name', only ${all.joinToString { it.name }}")

    /** Runs the tool [name] with [arguments], the text of a JSON object: see [ServiceTool.run]. */
    public suspend fun run(
        name: String,
        arguments: String,
    ): JsonElement = get(name).run(arguments)

    /** Runs the tool [name] with [arguments]: see [ServiceTool.run]. */
    public suspend fun run(
        name: String,
        arguments: JsonObject,
    ): JsonElement = get(name).run(arguments)

    override fun toString(): String = "ServiceTools(${all.joinToString { it.name }})"
}

/** The functions of this service as tools for a language model. */
public fun RemoteService.tools(): ServiceTools {
    val paths = functionNames()
    return ServiceTools(paths.zip(toolNames(paths)) { path, name -> ServiceTool(name, path, get(path)) })
}

/**
 * What the members of this service look like, as its provider describes them: the same as the `service_schema` that servers keep (protocol
 * §7.3), and the counterpart of `get_service_schema` of other clients. A function that is not described has its name only.
 */
public fun RemoteService.serviceSchema(): Map<String, Any?> = schemas(entries - serviceProperties)

private fun schemas(members: Map<*, *>): Map<String, Any?> =
    members.entries.associate { (name, member) ->
        "$name" to
            schema("$name", member)
    }

private fun schema(
    name: String,
    member: Any?,
): Any =
    when (member) {
        is RemoteFunction -> mapOf("type" to "function", "function" to member.schema.orEmpty() + ("name" to name))
        is List<*> -> member.map { schema(name, it) }
        is Map<*, *> -> schemas(member)
        else -> valueSchema(member)
    }
