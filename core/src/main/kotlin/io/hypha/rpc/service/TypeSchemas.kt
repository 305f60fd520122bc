@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.service

import io.hypha.rpc.value.isFields
import io.hypha.rpc.value.isSet
import io.hypha.rpc.value.isUnsigned
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.modules.SerializersModule

/**
 * The JSON schemas of some types that stand in one document (protocol §4.7); `docs/schemas.md` has the whole table. An empty schema
 * stands for anything. Classes and enums are described where they are used, those that are used more than once, or that contain
 * themselves, under [definitions].
 *
 * @param types every type that is asked for later.
 */
internal class TypeSchemas(
    module: SerializersModule,
    types: List<SerialDescriptor>,
) {
    private val parts = TypeParts(module)
    private val uses = HashMap<SerialDescriptor, Int>()
    private val names = HashMap<SerialDescriptor, String>()
    private val open = HashSet<SerialDescriptor>()
    private val described = LinkedHashMap<String, Map<String, Any?>>()

    /** What belongs under `$defs`: complete when every type has been asked for. */
    val definitions: Map<String, Map<String, Any?>> get() = described

    init {
        types.forEach(::count)
    }

    private fun count(type: SerialDescriptor) {
        val plain = parts.plain(type)
        if (parts.isNamed(plain)) {
            val known = uses[plain] ?: 0
            uses[plain] = known + 1
            if (known > 0) return
        }
        // A value class is described where it is used, unless it contains itself.
        if (plain.isInline && !open.add(plain)) {
            uses[plain] = 2
            return
        }
        parts.of(plain).forEach(::count)
        open -= plain
    }

    /** The schema of [type]. */
    fun of(type: SerialDescriptor): Map<String, Any?> {
        val plain = parts.plain(type)
        val schema = if ((uses[plain] ?: 0) > 1) mapOf("\$ref" to "#/\$defs/${define(plain)}") else describe(plain)
        return if (type.isNullable) orNull(schema) else schema
    }

    private fun define(plain: SerialDescriptor): String {
        names[plain]?.let { return it }
        val name = freeName(plain.serialName)
        names[plain] = name
        described[name] = emptyMap() // Keeps its place, for the description may need definitions of its own.
        described[name] = describe(plain)
        return name
    }

    /** The last part of the class's name; the whole name, and a number, when others have the same. */
    private fun freeName(serialName: String): String {
        val short = serialName.substringAfterLast('.').replace(unfit, "_")
        val long = serialName.replace(unfit, "_")
        return (sequenceOf(short, long) + generateSequence(2) { it + 1 }.map { "$long$it" }).first { it !in described }
    }

    private fun describe(plain: SerialDescriptor): Map<String, Any?> = form(plain) + descriptionIn(plain.annotations)

    private fun form(plain: SerialDescriptor): Map<String, Any?> =
        knownSchema(plain.serialName) ?: when {
            isUnsigned(plain) -> mapOf("type" to "integer", "minimum" to 0)
            plain.isInline -> of(plain.getElementDescriptor(0))
            plain.serialName == TypeParts.FLOW -> mapOf("type" to "array", "items" to of(plain.getElementDescriptor(0)))
            else -> formOfKind(plain)
        }

    private fun formOfKind(plain: SerialDescriptor): Map<String, Any?> =
        when (plain.kind) {
            PrimitiveKind.BOOLEAN -> mapOf("type" to "boolean")
            PrimitiveKind.BYTE, PrimitiveKind.SHORT, PrimitiveKind.INT, PrimitiveKind.LONG -> mapOf("type" to "integer")
            PrimitiveKind.FLOAT, PrimitiveKind.DOUBLE -> mapOf("type" to "number")
            PrimitiveKind.STRING, PrimitiveKind.CHAR -> mapOf("type" to "string")
            SerialKind.ENUM -> mapOf("type" to "string", "enum" to List(plain.elementsCount, plain::getElementName))
            StructureKind.LIST -> list(plain)
            StructureKind.MAP -> map(plain)
            StructureKind.CLASS, StructureKind.OBJECT -> fields(plain, subclass = null)
            else -> parts.subclasses(plain).let { if (it.isEmpty()) emptyMap() else mapOf("anyOf" to it.map(::subclass)) }
        }

    private fun list(plain: SerialDescriptor): Map<String, Any?> {
        val schema = mapOf("type" to "array", "items" to of(plain.getElementDescriptor(0)))
        return if (isSet(plain)) schema + ("uniqueItems" to true) else schema
    }

    private fun map(plain: SerialDescriptor): Map<String, Any?> {
        val schema = linkedMapOf<String, Any?>("type" to "object")
        if (parts.plain(plain.getElementDescriptor(0)).kind == SerialKind.ENUM) schema["propertyNames"] = of(plain.getElementDescriptor(0))
        of(plain.getElementDescriptor(1)).takeIf { it.isNotEmpty() }?.let { schema["additionalProperties"] = it }
        return schema
    }

    private fun subclass(type: SerialDescriptor): Map<String, Any?> {
        val description = descriptionIn(type.annotations)
        if (isFields(type)) return fields(type, type.serialName) + description
        val properties = mapOf(TypeParts.NAME to constant(type.serialName), TypeParts.VALUE to of(type))
        return mapOf("type" to "object", "properties" to properties, "required" to properties.keys.toList()) + description
    }

    private fun fields(
        type: SerialDescriptor,
        subclass: String?,
    ): Map<String, Any?> {
        val properties = linkedMapOf<String, Any?>()
        val required = ArrayList<String>()
        if (subclass != null) {
            properties[TypeParts.NAME] = constant(subclass)
            required += TypeParts.NAME
        }
        for (index in 0 until type.elementsCount) {
            val name = type.getElementName(index)
            properties[name] = of(type.getElementDescriptor(index)) + descriptionIn(type.getElementAnnotations(index))
            if (!type.isElementOptional(index)) required += name
        }
        return mapOf("type" to "object", "properties" to properties, "required" to required)
    }

    private fun constant(text: String) = mapOf("type" to "string", "const" to text)

    private fun descriptionIn(annotations: List<Annotation>): Map<String, Any?> =
        annotations.firstNotNullOfOrNull { it as? Description }?.let { mapOf("description" to it.value) }.orEmpty()

    private fun orNull(schema: Map<String, Any?>): Map<String, Any?> {
        val choices = schema["anyOf"] as List<*>?
        return when {
            schema.isEmpty() || nothing in choices.orEmpty() -> schema
            choices != null -> schema + ("anyOf" to choices + nothing)
            else -> mapOf("anyOf" to listOf(schema, nothing))
        }
    }

    private companion object {
        val nothing = mapOf("type" to "null")
        val unfit = Regex("[^A-Za-z0-9_-]")
    }
}
