package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.elementNames

// What the description of a type says about its form on the wire.

/** The key under which sealed and open classes carry the name of the subclass, as in JSON. */
internal const val SUBCLASS_KEY = "type"

/** The key of the value, when the subclass is not written as fields: an enum or a value class. */
internal const val SUBCLASS_VALUE_KEY = "value"

private val ubyte = UByte.serializer().descriptor
private val ushort = UShort.serializer().descriptor
private val uint = UInt.serializer().descriptor
private val ulong = ULong.serializer().descriptor

internal fun isUnsigned(descriptor: SerialDescriptor): Boolean =
    descriptor === uint || descriptor === ulong || descriptor === ubyte || descriptor === ushort

/** Whether it is `Unit`, which takes the place of any value. */
internal fun isUnit(deserializer: DeserializationStrategy<*>): Boolean = deserializer === Unit.serializer()

private const val LINKED_SET = "kotlin.collections.LinkedHashSet"
private const val HASH_SET = "kotlin.collections.HashSet"

internal fun isSet(descriptor: SerialDescriptor): Boolean = descriptor.serialName == LINKED_SET || descriptor.serialName == HASH_SET

/** Whether values of the type are maps of field names. */
internal fun isFields(descriptor: SerialDescriptor): Boolean =
    !descriptor.isInline && (descriptor.kind == StructureKind.CLASS || descriptor.kind == StructureKind.OBJECT)

/** The type of the keys of a map; value classes count as what they hold. */
internal fun keyDescriptor(map: SerialDescriptor): SerialDescriptor {
    var key = map.getElementDescriptor(0)
    while (key.isInline && !isUnsigned(key)) key = key.getElementDescriptor(0)
    return key
}

internal fun isText(key: SerialDescriptor): Boolean =
    key.kind == PrimitiveKind.STRING || key.kind == PrimitiveKind.CHAR || key.kind == SerialKind.ENUM

internal fun requireKeyType(key: SerialDescriptor) {
    if (key.kind is PrimitiveKind || key.kind == SerialKind.ENUM || isUnsigned(key)) return
    throw EncodingException("A map key must be text, a number or a boolean, not ${key.serialName}")
}

internal fun requireNoTypeField(descriptor: SerialDescriptor) {
    if (SUBCLASS_KEY !in descriptor.elementNames) return
    throw EncodingException(
        "${descriptor.serialName} has a field '$SUBCLASS_KEY', the key for the name of the subclass: give it another @SerialName",
    )
}
