package io.hypha.rpc.service

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.elementDescriptors
import kotlinx.serialization.descriptors.elementNames

private const val MAX_DEPTH = 8

/** The JSON schema of a type (protocol §4.7); an empty schema stands for anything. */
@OptIn(ExperimentalSerializationApi::class)
internal fun typeSchema(
    type: SerialDescriptor,
    depth: Int = 0,
): Map<String, Any?> =
    when (type.kind) {
        PrimitiveKind.BOOLEAN -> {
            mapOf("type" to "boolean")
        }

        PrimitiveKind.BYTE, PrimitiveKind.SHORT, PrimitiveKind.INT, PrimitiveKind.LONG -> {
            mapOf("type" to "integer")
        }

        PrimitiveKind.FLOAT, PrimitiveKind.DOUBLE -> {
            mapOf("type" to "number")
        }

        PrimitiveKind.STRING, PrimitiveKind.CHAR -> {
            mapOf("type" to "string")
        }

        SerialKind.ENUM -> {
            mapOf("type" to "string", "enum" to type.elementNames.toList())
        }

        StructureKind.LIST -> {
            if (depth >=
                MAX_DEPTH
            ) {
                mapOf("type" to "array")
            } else {
                mapOf(
                    "type" to "array",
                    "items" to typeSchema(type.getElementDescriptor(0), depth + 1),
                )
            }
        }

        StructureKind.CLASS -> {
            if (type.isInline) typeSchema(type.getElementDescriptor(0), depth) else classSchema(type, depth)
        }

        StructureKind.MAP, StructureKind.OBJECT, is PolymorphicKind -> {
            mapOf("type" to "object")
        }

        SerialKind.CONTEXTUAL -> {
            emptyMap()
        }
    }

@OptIn(ExperimentalSerializationApi::class)
private fun classSchema(
    type: SerialDescriptor,
    depth: Int,
): Map<String, Any?> {
    if (depth >= MAX_DEPTH) return mapOf("type" to "object")
    val properties = type.elementNames.zip(type.elementDescriptors) { name, element -> name to typeSchema(element, depth + 1) }.toMap()
    val required = type.elementNames.filterIndexed { index, _ -> !type.isElementOptional(index) }
    return mapOf("type" to "object", "properties" to properties, "required" to required)
}
