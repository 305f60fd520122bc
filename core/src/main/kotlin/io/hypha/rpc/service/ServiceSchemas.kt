package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.value.ValueFormat

/** The schemas of all members of a service, made once. */
internal class ServiceSchemas(
    private val service: Service,
    val format: ValueFormat,
) {
    private val functions = FunctionSchemas(format)
    private val byPath: Map<String, Map<String, Any?>> =
        service.functions.mapValues { (path, function) -> functions.of(path.substringAfterLast('.'), function) }

    /** The schema of the function at [path], which begins with `services.`. */
    fun of(path: String): Map<String, Any?> = byPath.getValue(path)

    /** The `service_schema` (protocol §7.3). */
    val tree: Map<String, Any?> = treeOf("services.${service.id}", service.members)

    private fun treeOf(
        path: String,
        members: Map<String, Any?>,
    ): Map<String, Any?> = members.mapValues { (name, member) -> schemaOf("$path.$name", name, member) }

    private fun schemaOf(
        path: String,
        name: String,
        member: Any?,
    ): Any =
        when (member) {
            is LocalFunction -> mapOf("type" to "function", "function" to (byPath[path] ?: functions.of(name, member)))
            is List<*> -> member.map { schemaOf("$path[]", name, it) }
            else -> groupOf(member)?.let { treeOf(path, it) } ?: valueSchema(member)
        }
}

/** The schema of a constant (protocol §7.3). */
internal fun valueSchema(value: Any?): Map<String, Any?> =
    when (value) {
        null -> mapOf("type" to "null")
        is Boolean -> mapOf("type" to "boolean")
        is Number, is ULong, is UInt, is UShort, is UByte -> mapOf("type" to "number")
        is String, is Char, is Enum<*> -> mapOf("type" to "string")
        else -> emptyMap()
    }
