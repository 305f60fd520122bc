package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.WireType
import kotlinx.coroutines.flow.Flow
import kotlin.reflect.KClass

// How error messages call types and values; never by their content.

internal fun nameOf(type: KClass<*>): String = type.qualifiedName ?: type.simpleName ?: "an anonymous class"

internal fun typeName(value: Any): String = nameOf(value::class)

/** What a decoded value is, in the words that also name wire forms. */
internal fun kindOf(value: Any?): String =
    when (value) {
        null -> WireType.Nil.label
        is Boolean -> WireType.Boolean.label
        is Long, is ULong -> WireType.Integer.label
        is Double -> WireType.Float.label
        is String -> WireType.String.label
        is Bytes -> WireType.Binary.label
        is List<*> -> WireType.Array.label
        is NDArray -> "an array of shape ${value.shape} and dtype ${value.dtype}"
        is OrderedMap -> "an orderedmap"
        is Map<*, *> -> WireType.Map.label
        is Set<*> -> "a set"
        is Flow<*> -> STREAM
        is ByteSource -> "a byte stream"
        else -> typeName(value)
    }

/** What a map with this `_rtype` is. */
internal fun kindOfTag(tag: String): String =
    when (tag) {
        Tags.GENERATOR -> STREAM
        Tags.METHOD -> "a function"
        Tags.IOSTREAM -> "a byte stream"
        Tags.NDARRAY, Tags.TYPEDARRAY -> "an array of numbers"
        else -> "a map with _rtype '$tag'"
    }

private const val STREAM = "a stream, whose items are had by calling stream(…)"
