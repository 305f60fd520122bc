package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.jvm.bean.ClassModels
import io.hypha.rpc.jvm.bean.EnumConstants
import io.hypha.rpc.jvm.bean.IterableSerializer
import io.hypha.rpc.jvm.bean.LibraryClasses
import io.hypha.rpc.jvm.bean.UnfitClassException
import io.hypha.rpc.value.InstanceSerializers
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.serializerOrNull
import kotlin.reflect.KClass

/** How instances of Java's classes are written: records, beans, enums, and what the library of Java has. */
@InternalHyphaApi
public class JavaClasses(
    private val values: JavaValues,
) : InstanceSerializers {
    @OptIn(InternalSerializationApi::class, ExperimentalSerializationApi::class)
    override fun of(
        type: KClass<*>,
        module: SerializersModule,
    ): KSerializer<*>? {
        val java = type.java
        return when {
            java.isAnnotationPresent(Serializable::class.java) -> null
            java.isEnum -> EnumConstants(java)
            type.serializerOrNull() != null || module.getContextual(type) != null -> null
            else -> LibraryClasses.ofInstance(java) ?: IterableSerializer.of(java) ?: beanOrNull(java, module)
        }
    }

    private fun beanOrNull(
        type: Class<*>,
        module: SerializersModule,
    ): KSerializer<*>? = if (problem(type) == null) JavaSerializers(module, values).ofInstance(type) else null

    override fun refusal(type: KClass<*>): String? = problem(type.java)?.let { JavaSerializers.refusal(type.java, it) }

    private fun problem(type: Class<*>): UnfitClassException? =
        try {
            ClassModels.of(type)
            null
        } catch (e: UnfitClassException) {
            e
        }
}
