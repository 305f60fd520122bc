package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.jvm.bean.BeanSerializer
import io.hypha.rpc.jvm.bean.ClassModels
import io.hypha.rpc.jvm.bean.Collections
import io.hypha.rpc.jvm.bean.ElementsSerializer
import io.hypha.rpc.jvm.bean.EntriesSerializer
import io.hypha.rpc.jvm.bean.EnumConstants
import io.hypha.rpc.jvm.bean.LibraryClasses
import io.hypha.rpc.jvm.bean.OptionalSerializer
import io.hypha.rpc.jvm.bean.TypeVariables
import io.hypha.rpc.jvm.bean.UnfitClassException
import io.hypha.rpc.jvm.bean.isOfSize
import io.hypha.rpc.jvm.bean.rawClass
import io.hypha.rpc.value.CodecSerializer
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.serializerOrNull
import java.lang.reflect.GenericArrayType
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type

/**
 * The serializers of Java types. The elements of collections may be null, as they may in Java.
 *
 * @param values knows the classes that are made of what was received without a type.
 */
internal class JavaSerializers(
    private val module: SerializersModule,
    private val values: JavaValues,
) {
    // A class may contain itself.
    private val known = HashMap<Type, KSerializer<Any>>()
    private val beans = ArrayDeque<BeanSerializer>()

    /**
     * The serializer of a type, one that reads no nil.
     *
     * @throws EncodingException when values of it cannot be received, or of a type that it mentions; it says what to do.
     */
    fun of(type: Type): KSerializer<Any> {
        val found = find(TypeVariables.of(type).resolve(type))
        while (beans.isNotEmpty()) beans.removeFirst().prepare()
        return found
    }

    /** The serializer that writes instances of a record or a bean. What it consists of is written as what it is, so it is not looked at. */
    fun ofInstance(type: Class<*>): KSerializer<Any> = bean(type)

    // What a class has to say of its properties may be asked for later, by anyone.
    @Synchronized
    private fun find(type: Type): KSerializer<Any> {
        // Before anything else: to compare such types takes for ever, too.
        if (!isOfSize(type, LARGEST_TYPE)) {
            throw EncodingException("The type arguments of ${rawClass(type).name} grow with every property that is of that class itself")
        }
        known[type]?.let { return it }
        @Suppress("UNCHECKED_CAST") // A serializer is given what it is for, and reads no nil.
        val found = make(type) as KSerializer<Any>
        if (found is BeanSerializer) beans += found
        known[type] = found
        return found
    }

    private fun make(type: Type): KSerializer<*> {
        val raw = rawClass(type)
        val arguments = (type as? ParameterizedType)?.actualTypeArguments
        return when {
            type is GenericArrayType -> {
                ElementsSerializer.array(rawClass(type.genericComponentType), find(type.genericComponentType))
            }

            raw.isArray && !raw.componentType.isPrimitive -> {
                ElementsSerializer.array(raw.componentType, find(raw.componentType))
            }

            else -> {
                coded(raw) ?: ofValues(raw, arguments) ?: ofLibrary(raw, arguments) ?: declared(type, raw) ?: constants(raw)
                    ?: bean(type)
            }
        }
    }

    /** Codecs of the user come before everything else. */
    @OptIn(ExperimentalSerializationApi::class)
    private fun coded(raw: Class<*>): KSerializer<*>? = (module.getContextual(raw.kotlin) as? CodecSerializer)?.takeIf { it.decodes }

    /** Kotlin classes that say how, and what is primitive. To kotlinx.serialization every interface is open for subclasses, registered by nobody. */
    private fun declared(
        type: Type,
        raw: Class<*>,
    ): KSerializer<*>? {
        val isDeclared = raw.isAnnotationPresent(Serializable::class.java)
        if (!isDeclared && (raw.isInterface || raw.isEnum || isCollection(raw))) return null
        return module.serializerOrNull(type)?.takeUnless { it is CodecSerializer }
    }

    /** To kotlinx.serialization they are all of one class, which a `Vector` or an `EnumMap` is not. */
    private fun isCollection(raw: Class<*>) = Collection::class.java.isAssignableFrom(raw) || Map::class.java.isAssignableFrom(raw)

    private fun ofValues(
        raw: Class<*>,
        arguments: Array<Type>?,
    ): KSerializer<*>? =
        when {
            values.isStream(raw) -> ReceivedStreamSerializer(find(arguments?.get(0) ?: Any::class.java), raw, values)
            arguments == null && values.knows(raw) -> KnownValueSerializer(raw, values)
            else -> null
        }

    private fun ofLibrary(
        raw: Class<*>,
        arguments: Array<Type>?,
    ): KSerializer<*>? {
        fun argument(index: Int) = find(arguments?.getOrNull(index) ?: Any::class.java)
        if (raw == java.util.Optional::class.java) return OptionalSerializer.of(argument(0))
        Collections.map(raw)?.let { return EntriesSerializer(argument(0), argument(1), raw, it) }
        return ElementsSerializer.list(raw) { argument(0) } ?: ElementsSerializer.set(raw) { argument(0) } ?: LibraryClasses.named(raw.name)
    }

    private fun constants(raw: Class<*>): KSerializer<*>? = if (raw.isEnum) EnumConstants(raw) else null

    private fun bean(type: Type): KSerializer<Any> {
        val raw = rawClass(type)
        try {
            return BeanSerializer(type, ClassModels.of(raw), ::find)
        } catch (e: UnfitClassException) {
            throw EncodingException(refusal(raw, e), cause = e)
        }
    }

    companion object {
        private const val LARGEST_TYPE = 100

        /** Why values of [type] cannot travel, and what to do. */
        fun refusal(
            type: Class<*>,
            problem: UnfitClassException,
        ): String =
            if (type.isSynthetic && type.interfaces.isNotEmpty()) {
                "A lambda carries no types: wrap it in a callback, as in Callback.of(Double.class, p -> …)" +
                    functionHint(type.interfaces[0])
            } else {
                "${type.name} can be neither sent nor received, for ${problem.reason}" +
                    adviceOf(problem).let { if (it.isEmpty()) it else ". $it" } + functionHint(type)
            }

        private fun adviceOf(problem: UnfitClassException): String =
            problem.advice ?: (
                "Use a record, or a bean (a class with a public constructor without parameters and with getters and setters), " +
                    "or register a HyphaCodec for it"
            )

        /** The methods of service interfaces take lambdas, if their types say that they are for that. */
        private fun functionHint(type: Class<*>): String {
            val isForLambdas = type.isInterface && type.methods.count { Modifier.isAbstract(it.modifiers) } == 1
            if (!isForLambdas || type.isAnnotationPresent(FunctionalInterface::class.java)) return ""
            return ". If it is a callback of a service interface, annotate ${type.name} with @FunctionalInterface"
        }
    }
}
