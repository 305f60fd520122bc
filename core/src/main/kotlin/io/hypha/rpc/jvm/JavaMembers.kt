package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.service.MembersBuilder
import io.hypha.rpc.service.plainValue
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
