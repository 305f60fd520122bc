package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.JsonOfStrangers
import io.hypha.rpc.hub.auth.requireValue
import io.ktor.http.Parameters
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive

/** The arguments of one HTTP request, by name; everything is text until it is asked for as something else. */
internal class LoginArguments private constructor(
    private val values: Map<String, String>,
) {
    /** The text [name]; null when it is absent. */
    fun text(name: String): String? = values[name]

    fun required(name: String): String = text(name) ?: throw HubProblem("TypeError", "missing a required argument: '$name'")

    fun number(name: String): Double? {
        val text = values[name] ?: return null
        val number = text.toDoubleOrNull()
        requireValue(number != null && !number.isNaN()) { "$name must be a number" }
        return number
    }

    fun flag(name: String): Boolean = values[name]?.lowercase() in setOf("true", "1")

    companion object {
        fun ofQuery(parameters: Parameters): LoginArguments = LoginArguments(parameters.entries().associate { it.key to it.value.last() })

        /** Only JSON, which a form on a foreign page cannot send. */
        fun ofBody(
            text: String,
            contentType: String?,
        ): LoginArguments {
            requireValue(contentType == null || contentType.substringBefore(';').trim() == "application/json") {
                "The body must be application/json"
            }
            if (text.isBlank()) return LoginArguments(emptyMap())
            val json = JsonOfStrangers.objectOf(text)
            requireValue(json != null && json.values.all { it is JsonPrimitive }) { "The body must be a JSON object of plain values" }
            val given = json.filterValues { it !is JsonNull }
            return LoginArguments(given.mapValues { (_, value) -> (value as JsonPrimitive).content })
        }
    }
}
