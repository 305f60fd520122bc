package io.hypha.rpc.service

import io.hypha.rpc.value.ValueFormat
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** The schema of the function [name] of a service, in JSON. */
internal fun schemaOf(
    name: String = "f",
    format: ValueFormat = ValueFormat(),
    build: ServiceBuilder.() -> Unit,
): JsonObject = json(service("s", build).schemas(format).of("services.s.$name")).jsonObject

/** The properties of its parameters. */
internal fun propertiesOf(build: ServiceBuilder.() -> Unit): JsonObject =
    schemaOf(build = build)
        .getValue("parameters")
        .jsonObject
        .getValue("properties")
        .jsonObject

internal fun json(value: Any?): JsonElement = checkNotNull(jsonOrNull(value))

internal fun json(text: String): JsonElement = Json.parseToJsonElement(text)
