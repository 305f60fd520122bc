package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.PublishedFunction
import io.hypha.rpc.value.ValueFormat

/** How a service of ours looks to others. */
internal class ServiceDescription(
    private val service: Service,
    private val workspace: String,
    private val clientId: String,
    private val format: ValueFormat,
) {
    /** What `built-in.get_service` returns: the tree of the service with its functions as references (protocol §7.8). */
    fun toTree(): Map<String, Any?> = properties(service.id) + toMembers()

    /** The functions as references and the values beside them, without the properties of the service. */
    fun toMembers(): Map<String, Any?> = published("services.${service.id}", service.members)

    /** What is registered with the workspace manager (protocol §7.3). */
    fun toInfo(appId: String): Map<String, Any?> =
        properties("$workspace/$clientId:${service.id}") + mapOf("app_id" to appId, "service_schema" to schemas(service.members))

    private fun properties(id: String): Map<String, Any?> =
        linkedMapOf(
            "id" to id,
            "name" to service.name,
            "type" to service.type,
            "description" to service.description,
            "docs" to service.docs,
            "config" to service.config.toWire(workspace),
        )

    private fun published(
        path: String,
        members: Map<String, Any?>,
    ): Map<String, Any?> =
        members.mapValues { (name, member) ->
            when (member) {
                is LocalFunction -> PublishedFunction("$path.$name", member, functionSchema(member))
                else -> groupOf(member)?.let { published("$path.$name", it) } ?: member
            }
        }

    private fun schemas(members: Map<String, Any?>): Map<String, Any?> = members.mapValues { schema(it.value) }

    private fun schema(member: Any?): Any =
        when (member) {
            is LocalFunction -> mapOf("type" to "function", "function" to functionSchema(member))
            is List<*> -> member.map(::schema)
            null -> mapOf("type" to "null")
            is Boolean -> mapOf("type" to "boolean")
            is Number -> mapOf("type" to "number")
            is String -> mapOf("type" to "string")
            else -> groupOf(member)?.let(::schemas) ?: mapOf("type" to "object")
        }

    /** The description of a function that callers and language models read (protocol §4.7). */
    private fun functionSchema(function: LocalFunction): Map<String, Any?> {
        val properties =
            function.parameters.associate {
                it.name to typeSchema(format.serializer(it.shape).descriptor) + ("description" to it.description.orEmpty())
            }
        val required = function.parameters.filterNot { it.hasDefault }.map { it.name }
        return linkedMapOf(
            "name" to function.name,
            "description" to function.description.orEmpty(),
            "parameters" to mapOf("type" to "object", "properties" to properties, "required" to required),
        )
    }
}
