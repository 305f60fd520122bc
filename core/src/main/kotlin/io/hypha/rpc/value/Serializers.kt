package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.platform.declaringClass
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.serializerOrNull
import kotlin.concurrent.Volatile
import kotlin.reflect.KClass

/** Which serializer writes and reads which type; looked up once, until the codecs change. */
internal class Serializers(
    private val codecs: Codecs,
    private val user: SerializersModule,
    private val instances: InstanceSerializers? = null,
) {
    // Whole maps replace each other: a lost update costs one more search.
    private class State(
        val table: CodecTable,
        val module: SerializersModule,
    ) {
        @Volatile
        var byShape: Map<Shape<*>, KSerializer<*>> = emptyMap()

        @Volatile
        var byClass: Map<KClass<*>, KSerializer<*>?> = emptyMap()
    }

    @Volatile
    private var state = stateFor(codecs.table)

    private val current: State
        get() {
            val known = state
            val table = codecs.table
            return if (known.table === table) known else stateFor(table).also { state = it }
        }

    val module: SerializersModule get() = current.module

    private fun stateFor(table: CodecTable) = State(table, valueModule(table.all, user))

    fun <T> of(shape: Shape<T>): KSerializer<T> {
        val state = current
        @Suppress("UNCHECKED_CAST") // A shape and its serializer have the same T.
        (state.byShape[shape] as KSerializer<T>?)?.let { return it }
        val found =
            try {
                shape.resolve(state.module)
            } catch (e: SerializationException) {
                throw unknown(shape, state, e)
            } catch (e: IllegalArgumentException) {
                throw EncodingException("The type $shape cannot be sent: ${e.message}", cause = e)
            } ?: throw unknown(shape, state, null)
        state.byShape += shape to found
        return found
    }

    private fun unknown(
        shape: Shape<*>,
        state: State,
        cause: Exception?,
    ): EncodingException = EncodingException(notSerializable(shape, shape.culprit(state.module)), cause = cause)

    @OptIn(ExperimentalSerializationApi::class, InternalSerializationApi::class)
    fun ofInstance(value: Any): KSerializer<Any>? {
        val state = current
        val type = if (value is Enum<*>) declaringClass(value) else value::class
        val known = state.byClass
        val found = known[type]
        @Suppress("UNCHECKED_CAST") // It is the serializer of the class of the value.
        if (found != null || known.containsKey(type)) return found as KSerializer<Any>?
        // The stand-ins for a codec and for values without a type would only ask the writer again.
        val serializer =
            instances?.of(type, state.module)
                ?: type.serializerOrNull()
                ?: state.module.getContextual(type).takeIf { it !is CodecSerializer && it !== AnySerializer }
        state.byClass += type to serializer
        @Suppress("UNCHECKED_CAST")
        return serializer as KSerializer<Any>?
    }
}
