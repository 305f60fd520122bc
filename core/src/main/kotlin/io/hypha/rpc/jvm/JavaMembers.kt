package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.service.MembersBuilder
import io.hypha.rpc.service.plainValue
import io.hypha.rpc.value.Shape
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject

/** What builders for Java do with the members of a service. */
@InternalHyphaApi
public object JavaMembers {
    /** Says what the function [name], which is defined before, does. */
    @JvmStatic
    public fun describe(
        members: MembersBuilder,
        name: String,
        description: String,
    ) {
        members.describe(name, description)
    }

    /** The same function, which gets a map of all keywords that name no parameter after its arguments; they are of the type [shape]. */
    @JvmStatic
    public fun takingKeywords(
        function: LocalFunction,
        shape: Shape<*>,
    ): LocalFunction = function.takingKeywords(shape)

    /** [MembersBuilder.schema] with the text of a JSON object. */
    @JvmStatic
    public fun schema(
        members: MembersBuilder,
        name: String,
        json: String,
    ) {
        val parsed =
            try {
                Json.parseToJsonElement(json)
            } catch (e: SerializationException) {
                throw IllegalArgumentException("the schema of the function '$name' is no JSON: ${e.message}", e)
            }
        require(parsed is JsonObject) { "the schema of the function '$name' is no JSON object" }
        members.schema(name, parsed.mapValues { plainValue(it.value) })
    }
}
