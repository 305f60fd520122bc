package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.Arg
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape
import io.hypha.rpc.value.shapeOf
import kotlin.reflect.KType

/** How values of one declared type travel, in both directions. */
internal abstract class Passing(
    /** The type as which a value is written after [send]. */
    val sent: Shape<Any?>,
    /** The type as which a value is read, before [receive]. */
    val received: Shape<Any?>,
) {
    abstract fun send(value: Any?): Any?

    abstract fun receive(value: Any?): Any?

    /** A value to send together with the type as which it is written. */
    fun argument(value: Any?): Arg<Any?> = Arg(send(value), sent)

    companion object {
        fun of(type: KType): Passing {
            val signature = type.signature
            return when {
                signature != null -> OfFunctions(signature, type.isMarkedNullable)
                type.classifier == Unit::class && !type.isMarkedNullable -> NoValue
                else -> AsItIs(type)
            }
        }
    }
}

/** Values with a serializer, and those that the protocol itself passes as references. */
@OptIn(InternalHyphaApi::class)
private class AsItIs(
    type: KType,
) : Passing(shapeOf(type), shapeOf(type)) {
    override fun send(value: Any?): Any? = value

    override fun receive(value: Any?): Any? = value
}

/** A function without a result may hand on what another one returned: the compiler makes tail calls of suspending functions that way. */
@Suppress("UNCHECKED_CAST") // Only the one value is ever written or read.
private object NoValue : Passing(shape<Unit>() as Shape<Any?>, shape<Unit>() as Shape<Any?>) {
    override fun send(value: Any?): Any = Unit

    override fun receive(value: Any?): Any = Unit
}

/** Functions become callbacks that know their types. */
@Suppress("UNCHECKED_CAST") // Only null, or a function, is ever read by these shapes.
private class OfFunctions(
    signature: FunctionSignature,
    isNullable: Boolean,
) : Passing(shape<Any?>(), (if (isNullable) shape<RemoteFunction?>() else shape<RemoteFunction>()) as Shape<Any?>) {
    private val values = FunctionValues(signature)

    override fun send(value: Any?): Any? = value?.let { values.export(it, "callback", null) }

    override fun receive(value: Any?): Any? = value?.let { values.import(it as RemoteFunction) }
}
