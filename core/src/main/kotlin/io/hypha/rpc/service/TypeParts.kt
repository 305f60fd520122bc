@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.service

import io.hypha.rpc.value.OpenSerializer
import io.hypha.rpc.value.SUBCLASS_KEY
import io.hypha.rpc.value.SUBCLASS_VALUE_KEY
import io.hypha.rpc.value.isFields
import io.hypha.rpc.value.isUnsigned
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.capturedKClass
import kotlinx.serialization.descriptors.elementDescriptors
import kotlinx.serialization.descriptors.getPolymorphicDescriptors
import kotlinx.serialization.descriptors.nonNullOriginal
import kotlinx.serialization.modules.SerializersModule

/** What a type is made of, with what only [module] knows looked up there. */
internal class TypeParts(
    private val module: SerializersModule,
) {
    /** [type] without its nullability; a contextual one as the serializer that the module has for it. */
    fun plain(type: SerialDescriptor): SerialDescriptor {
        val plain = type.nonNullOriginal
        if (plain.kind != SerialKind.CONTEXTUAL) return plain
        return plain.capturedKClass
            ?.let { module.getContextual(it, open) }
            ?.descriptor
            ?.nonNullOriginal ?: plain
    }

    /** The subclasses of a sealed class, or those that are registered for an open one. */
    fun subclasses(plain: SerialDescriptor): List<SerialDescriptor> =
        when (plain.kind) {
            PolymorphicKind.SEALED -> plain.getElementDescriptor(1).elementDescriptors.toList()
            PolymorphicKind.OPEN -> module.getPolymorphicDescriptors(plain)
            else -> emptyList()
        }

    /** Whether it has a name of its own, so that a schema can refer to it. */
    fun isNamed(plain: SerialDescriptor): Boolean =
        knownSchema(plain.serialName) == null &&
            !isUnsigned(plain) &&
            (isFields(plain) || plain.kind == SerialKind.ENUM || subclasses(plain).isNotEmpty())

    /** The types that its schema mentions. */
    fun of(plain: SerialDescriptor): List<SerialDescriptor> =
        when {
            knownSchema(plain.serialName) != null || isUnsigned(plain) || plain.kind == SerialKind.ENUM -> emptyList()
            plain.kind is PolymorphicKind -> subclasses(plain).flatMap { if (isFields(it)) of(it) else listOf(it) }
            plain.kind is StructureKind || plain.serialName == FLOW -> plain.elementDescriptors.toList()
            else -> emptyList()
        }

    companion object {
        /** A contextual type does not say what its type arguments are. Twenty-two is more than any class of sense has. */
        private val open = List(22) { OpenSerializer }

        const val FLOW: String = "kotlinx.coroutines.flow.Flow"

        /** Where the name of a subclass stands, and its value when that is no map of fields. */
        const val NAME: String = SUBCLASS_KEY
        const val VALUE: String = SUBCLASS_VALUE_KEY
    }
}
