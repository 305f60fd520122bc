package io.hypha.rpc.value

import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.builtins.BooleanArraySerializer
import kotlinx.serialization.builtins.ByteArraySerializer
import kotlinx.serialization.builtins.DoubleArraySerializer
import kotlinx.serialization.builtins.FloatArraySerializer
import kotlinx.serialization.builtins.IntArraySerializer
import kotlinx.serialization.builtins.LongArraySerializer
import kotlinx.serialization.builtins.ShortArraySerializer

// Typed arrays of primitives go through the wire forms in bulk, when it is the library's own serializer that would go element by
// element; a user's own serializer of such an array keeps its say.

/** Writes [value] if it is such an array. */
internal fun ValueWriter.writeNumbers(
    serializer: SerializationStrategy<*>,
    value: Any?,
): Boolean {
    when {
        value is ByteArray && serializer === ByteArraySerializer() -> out.writeBinary(value)
        value is FloatArray && serializer === FloatArraySerializer() -> writeArray(NDArray.of(value))
        value is DoubleArray && serializer === DoubleArraySerializer() -> writeArray(NDArray.of(value))
        value is IntArray && serializer === IntArraySerializer() -> writeArray(NDArray.of(value))
        value is ShortArray && serializer === ShortArraySerializer() -> writeArray(NDArray.of(value))
        value is LongArray && serializer === LongArraySerializer() -> writeArray(NDArray.of(value))
        value is BooleanArray && serializer === BooleanArraySerializer() -> writeArray(NDArray.of(value))
        else -> return false
    }
    return true
}

/** Which array of primitives a built-in serializer reads. */
internal enum class NumberTarget(
    private val serializer: DeserializationStrategy<*>,
) {
    Bytes(ByteArraySerializer()),
    Floats(FloatArraySerializer()),
    Doubles(DoubleArraySerializer()),
    Ints(IntArraySerializer()),
    Shorts(ShortArraySerializer()),
    Longs(LongArraySerializer()),
    Booleans(BooleanArraySerializer()),
    ;

    /** The elements of a one-dimensional [array] as this type. */
    fun from(array: NDArray): Any {
        if (array.rank != 1) throw misfit("an array of one dimension", kindOf(array))
        return when (this) {
            Bytes -> array.toByteArray()
            Floats -> array.toFloatArray()
            Doubles -> array.toDoubleArray()
            Ints -> array.toIntArray()
            Shorts -> array.toShortArray()
            Longs -> array.toLongArray()
            Booleans -> array.toBooleanArray()
        }
    }

    companion object {
        private val all = entries.toTypedArray()

        fun of(deserializer: DeserializationStrategy<*>): NumberTarget? {
            for (target in all) if (target.serializer === deserializer) return target
            return null
        }
    }
}
