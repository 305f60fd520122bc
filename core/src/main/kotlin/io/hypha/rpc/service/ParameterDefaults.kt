package io.hypha.rpc.service

import io.hypha.rpc.call.ComputedDefault
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement

/** Writes default values as they would be written in JSON. */
internal class ParameterDefaults(
    private val format: ValueFormat,
) {
    private val json =
        Json {
            serializersModule = format.serializersModule
            encodeDefaults = true
        }

    /** The default of [parameter] in JSON; null when it has none, or one that JSON cannot express. */
    @OptIn(ExperimentalSerializationApi::class)
    fun of(parameter: Parameter): JsonElement? {
        if (!parameter.hasDefault || parameter.default === ComputedDefault) return null
        @Suppress("UNCHECKED_CAST") // A value of another type ends in one of the two exceptions.
        val serializer = format.serializer(parameter.shape as Shape<Any?>)
        if (parameter.default == null && !serializer.descriptor.isNullable) return null
        return try {
            json.encodeToJsonElement(serializer, parameter.default)
        } catch (_: IllegalArgumentException) {
            jsonOrNull(parameter.default) // Not a type that JSON knows, such as `Any`, but perhaps a plain value.
        } catch (_: IllegalStateException) {
            null // What JSON's own rules or the serializer of the user refuse, such as an enum in the place of its interface.
        } catch (_: ClassCastException) {
            null // A default of another type than the parameter's, which the handler will meet.
        }
    }
}
