package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.value.ValueFormat
import kotlinx.serialization.descriptors.SerialDescriptor

/**
 * Describes functions to callers and language models (protocol §4.7): `{"name", "description", "parameters"}`. The result is no part of
 * it, and neither is the caller's context.
 *
 * A parameter with a default is not required; the default is given if it is a JSON value. One that cannot be null says so. A parameter
 * without a description has that of its class, else an empty one.
 */
internal class FunctionSchemas(
    private val format: ValueFormat,
) {
    private val defaults = ParameterDefaults(format)

    /** The schema of [function] under the name [key]: the one that was written by hand if there is one, else one made of its types. */
    fun of(
        key: String,
        function: LocalFunction,
    ): Map<String, Any?> {
        val written = function.schema
        val schema = linkedMapOf<String, Any?>("name" to key)
        schema["description"] = written?.get("description") ?: function.description.orEmpty()
        schema["parameters"] = written?.get("parameters") ?: parametersOf(function)
        written?.let { schema.putAll(it - schema.keys) }
        return schema
    }

    private fun parametersOf(function: LocalFunction): Map<String, Any?> {
        val parameters = function.parameters
        val types = parameters.map { format.serializer(it.shape).descriptor }
        val schemas = TypeSchemas(format.serializersModule, types)
        val properties =
            parameters.indices.associate { index -> parameters[index].name to property(parameters[index], schemas, types[index]) }
        val required = parameters.filterNot { it.hasDefault }.map { it.name }
        val schema = linkedMapOf<String, Any?>("type" to "object", "properties" to properties, "required" to required)
        if (function.extraKeywords != null) schema["additionalProperties"] = true
        if (schemas.definitions.isNotEmpty()) schema["\$defs"] = schemas.definitions
        return schema
    }

    private fun property(
        parameter: Parameter,
        schemas: TypeSchemas,
        descriptor: SerialDescriptor,
    ): Map<String, Any?> {
        val type = schemas.of(descriptor)
        val schema = LinkedHashMap(type)
        // Beside a reference an empty description would hide that of the class.
        val description = parameter.description ?: type["description"] ?: if ("\$ref" in type) null else ""
        description?.let { schema["description"] = it }
        // What JSON alone would write in another form, such as bytes, is no value of the schema.
        defaults.of(parameter)?.takeIf { SchemaChoices(schemas.definitions).permits(type, it) }?.let { schema["default"] = plainValue(it) }
        return schema
    }
}
