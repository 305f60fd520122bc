package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction

/**
 * Holds a service against the definition of its type (protocol §7.5): both have the same keys, functions where the other has functions and
 * groups where the other has groups. What every service has (`id`, `name`, `config` …) is not compared.
 */
internal class ServiceTypeCheck(
    private val service: Service,
) {
    private val problems = ArrayList<String>()

    /**
     * The service with the schemas of [definition] where its functions have none that was written by hand, and its descriptions where they
     * have none.
     *
     * @throws IllegalArgumentException which lists everything that differs.
     */
    fun adopt(definition: Map<*, *>): Service {
        val members = group("root", service.members, definition - serviceProperties)
        require(problems.isEmpty()) {
            "the service '${service.id}' is not of the type '${service.type}': ${problems.joinToString("; ")}"
        }
        return service.with(members)
    }

    private fun group(
        path: String,
        members: Map<String, Any?>,
        definition: Map<*, *>,
    ): Map<String, Any?> {
        (definition.keys - members.keys).mapTo(problems) { "Missing key '$it' in service at path '$path'" }
        (members.keys - definition.keys).mapTo(problems) { "Unexpected key '$it' in service at path '$path'" }
        return members.mapValues { (name, member) -> if (name in definition) member("$path.$name", member, definition[name]) else member }
    }

    private fun member(
        path: String,
        member: Any?,
        definition: Any?,
    ): Any? {
        val kind = kindOf(definition)
        val group = groupOf(member).takeIf { member !is LocalFunction }
        when {
            member is LocalFunction && kind == FUNCTION -> return described(path, member, definition as Map<*, *>)
            group != null && kind == GROUP -> return group(path, group, definition as Map<*, *>)
            member is LocalFunction || group != null || kind == FUNCTION -> problems += "Key at path '$path' must be $kind"
        }
        return member
    }

    private fun kindOf(definition: Any?): String =
        when {
            definition !is Map<*, *> -> VALUE
            definition["type"] == "function" -> FUNCTION
            definition.values.all { it is Map<*, *> || it is List<*> } && definition.isNotEmpty() -> GROUP
            else -> VALUE
        }

    private fun described(
        path: String,
        function: LocalFunction,
        definition: Map<*, *>,
    ): LocalFunction {
        val schema = (definition["function"] as? Map<*, *>).orEmpty()
        val parameters = schema["parameters"] as? Map<*, *>
        val unknown = unknownParameters(function, (parameters?.get("properties") as? Map<*, *>).orEmpty().keys)
        if (unknown.isNotEmpty()) {
            problems += "Function at path '$path' lacks the parameters $unknown; it has ${function.parameters.map { it.name }}"
            return function
        }
        val adopted = linkedMapOf<String, Any?>()
        (function.description ?: schema["description"] as? String)?.let { adopted["description"] = it }
        // JavaScript defines functions by no more than their names; then the types of this one say more.
        if (parameters?.get("type") == "object") adopted["parameters"] = parameters
        return function.with(adopted + function.schema.orEmpty())
    }

    private companion object {
        const val FUNCTION = "a function"
        const val GROUP = "a group"
        const val VALUE = "a value"
    }
}
