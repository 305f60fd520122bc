package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue

/** The variables of one workspace (`set_env`, protocol §8.1). Safe for all threads. */
internal class Environment {
    private val variables = LinkedHashMap<String, String>()

    /** Sets or replaces a variable. */
    @Synchronized
    operator fun set(
        key: String,
        value: String,
    ) {
        requireValue(key.isNotEmpty()) { "The key of an environment variable must not be empty" }
        requireValue(key.length <= LONGEST_KEY) { "The key of an environment variable may have at most $LONGEST_KEY characters" }
        requireValue(key.length + value.length <= LONGEST) { "An environment variable may have at most $LONGEST characters" }
        requireValue(key in variables || variables.size < MOST) { "A workspace can have at most $MOST environment variables" }
        variables[key] = value
    }

    /** Removes a variable; false when there is none of that key. */
    @Synchronized
    fun remove(key: String): Boolean = variables.remove(key) != null

    /** The value of a variable; a `KeyError` when there is none. */
    @Synchronized
    fun get(
        key: String,
        workspace: String,
    ): String = variables[key] ?: throw HubProblem("KeyError", "\"Environment variable '$key' not found in workspace $workspace\"")

    /** All variables. */
    @Synchronized
    fun all(): Map<String, String> = LinkedHashMap(variables)

    private companion object {
        const val LONGEST = 64 shl 10
        const val LONGEST_KEY = 1024
        const val MOST = 256
    }
}
