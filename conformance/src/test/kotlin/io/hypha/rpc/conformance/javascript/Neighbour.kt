package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A JavaScript peer with services of its own, for what is between it and a Kotlin client in the same or in another workspace. */
internal class Neighbour(
    val peer: JsPeer,
) {
    val address: String get() = "${peer.workspace}/${peer.clientId}"

    /** Its service of interface objects, from the side of [kotlin]. */
    suspend fun seenBy(kotlin: HyphaConnection): RemoteService = kotlin.getService("$address:js-interfaces")

    /** Has the peer use the function [name] of [service]: the value, or the text of the error. */
    suspend fun use(
        service: String,
        name: String,
        vararg args: JsonElement,
    ): Outcome = outcome(peer.call("$address:js-interfaces", "use", json(service), json(name), *args))

    /** The same with keyword arguments. */
    suspend fun useByKeyword(
        service: String,
        name: String,
        keywords: JsonObject,
    ): Outcome = outcome(peer.call("$address:js-interfaces", "useByKeyword", json(service), json(name), keywords))

    /** Has the peer call [path] at [target] without asking for the service. */
    suspend fun callDirectly(
        target: String,
        path: String,
        vararg args: JsonElement,
    ): Outcome = outcome(peer.call("$address:js-interfaces", "callDirectly", json(target), json(path), *args))

    private fun outcome(answer: JsonElement): Outcome {
        val map: JsonObject = answer.jsonObject
        return Outcome(map["value"], map["error"]?.jsonPrimitive?.content)
    }

    internal class Outcome(
        val value: JsonElement?,
        val error: String?,
    )
}

internal fun json(text: String): JsonElement = JsonPrimitive(text)
