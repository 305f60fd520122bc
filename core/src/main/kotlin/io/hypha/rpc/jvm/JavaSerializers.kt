package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.HyphaSerializer
import io.hypha.rpc.value.kindOf
import io.hypha.rpc.value.misfit
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.ArraySerializer
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.MapSerializer
import kotlinx.serialization.builtins.SetSerializer
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.serializerOrNull
import java.lang.reflect.GenericArrayType
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.WildcardType

/** The serializers of Java types. The elements of collections may be null, as they may in Java. */
internal class JavaSerializers(
    private val module: SerializersModule,
    private val values: JavaValues,
) {
    fun of(type: Type): KSerializer<Any> {
        @Suppress("UNCHECKED_CAST") // No serializer that is found here reads nil.
        return find(type) as KSerializer<Any>
    }

    private fun find(type: Type): KSerializer<*> =
        when (type) {
            is Class<*> -> ofClass(type)
            is ParameterizedType -> ofGeneric(type)
            is GenericArrayType -> array(type.genericComponentType)
            is WildcardType -> find(type.upperBounds.first())
            else -> throw unknown(type)
        }

    private fun ofClass(type: Class<*>): KSerializer<*> =
        when {
            values.knows(type) -> KnownValueSerializer(type, values)
            type.isArray && !type.componentType.isPrimitive -> array(type.componentType)
            else -> declared(type)
        }

    private fun ofGeneric(type: ParameterizedType): KSerializer<*> {
        val arguments = type.actualTypeArguments
        return when (type.rawType) {
            List::class.java, Collection::class.java, Iterable::class.java -> ListSerializer(element(arguments[0]))
            Set::class.java -> SetSerializer(element(arguments[0]))
            Map::class.java -> MapSerializer(element(arguments[0]), element(arguments[1]))
            else -> declared(type)
        }
    }

    private fun element(type: Type): KSerializer<Any?> = of(type).nullable

    @OptIn(ExperimentalSerializationApi::class)
    private fun array(component: Type): KSerializer<*> = ArraySerializer(rawClass(component).kotlin, element(component))

    private fun rawClass(type: Type): Class<Any> {
        @Suppress("UNCHECKED_CAST") // Only the class itself is of interest, to make arrays of it.
        return when (type) {
            is Class<*> -> type
            is ParameterizedType -> type.rawType
            else -> throw unknown(type)
        } as Class<Any>
    }

    /** Types with a serializer of their own: primitive ones, text, arrays of numbers, and serializable Kotlin classes. */
    private fun declared(type: Type): KSerializer<*> {
        // Every interface would count as open for subclasses, which nobody has registered.
        if (type is Class<*> && type.isInterface) throw unknown(type)
        return module.serializerOrNull(type) ?: throw unknown(type)
    }

    private fun unknown(type: Type) = EncodingException("${nameOf(type)} cannot be received; ask for Object or Map<String, Object> instead")
}

/** Values of a class that Java knows and the wire does not, made of what was received. */
private class KnownValueSerializer(
    private val type: Class<*>,
    private val values: JavaValues,
) : HyphaSerializer<Any>(type.name) {
    override fun from(value: Any?): Any = value?.let { values.fit(it, type) } ?: throw misfit(type.name, kindOf(value))
}
