package io.hypha.rpc.conformance.javascript

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.longOrNull

/** A JavaScript peer for tests in Java: its methods block, and JSON is maps, lists, text, `Long`, `Double`, `Boolean` and null. */
internal class BlockingPeer(
    private val peer: JsPeer,
) {
    val address: String get() = "${peer.workspace}/${peer.clientId}"

    /** Calls the function [path] of a service; without one, of the server object. Throws a [JsPeerException] with the peer's words. */
    fun call(
        service: String?,
        path: String,
        vararg args: Any?,
    ): Any? = runBlocking { plain(peer.call(service, path, *args.map(::json).toTypedArray())) }

    /** The same with keyword arguments. */
    fun callByKeyword(
        service: String,
        path: String,
        args: List<Any?>,
        kwargs: Map<String, Any?>,
    ): Any? {
        val fields = mapOf("service" to service, "path" to path, "args" to args, "kwargs" to kwargs)
        return runBlocking { plain(peer.command("call", json(fields) as JsonObject)) }
    }

    /** Runs a scenario; fails with the list of what did not hold. */
    fun scenario(
        name: String,
        service: String,
    ) {
        runBlocking { peer.scenario(name, service) }
    }

    /** The names of the scenarios of a suite; those of calls between two clients when it is null. */
    fun scenarios(suite: String?): List<String> {
        val fields = JsonObject(if (suite == null) emptyMap() else mapOf("suite" to JsonPrimitive(suite)))
        val found = runBlocking { plain(peer.command("scenarios", fields)) } as List<*>
        return found.map { (it as Map<*, *>)["name"] as String }
    }

    /** From now on, events of that type arrive at [nextEvent]. */
    fun listen(type: String) {
        runBlocking { peer.command("listen", JsonObject(mapOf("type" to JsonPrimitive(type)))) }
    }

    /** Waits for an event. */
    fun nextEvent(): Map<*, *> = runBlocking { plain(peer.events.receive()) } as Map<*, *>

    private fun json(value: Any?): JsonElement =
        when (value) {
            null -> JsonNull
            is String -> JsonPrimitive(value)
            is Number -> JsonPrimitive(value)
            is Boolean -> JsonPrimitive(value)
            is List<*> -> JsonArray(value.map(::json))
            is Map<*, *> -> JsonObject(value.entries.associate { (key, item) -> key as String to json(item) })
            else -> throw IllegalArgumentException("no JSON: $value")
        }

    private fun plain(json: JsonElement): Any? =
        when (json) {
            is JsonNull -> null
            is JsonPrimitive -> if (json.isString) json.contentOrNull else json.longOrNull ?: json.doubleOrNull ?: json.booleanOrNull
            is JsonArray -> json.map(::plain)
            is JsonObject -> json.mapValues { plain(it.value) }
        }
}
