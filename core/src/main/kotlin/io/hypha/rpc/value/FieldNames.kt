package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlin.concurrent.Volatile

/** The field names of a class as the bytes that they are in a message: finding one makes no string, writing one encodes nothing. */
internal class FieldNames(
    descriptor: SerialDescriptor,
) {
    private val names = Array(descriptor.elementsCount) { descriptor.getElementName(it).encodeToByteArray() }
    private val encoded = Array(descriptor.elementsCount) { encodedText(descriptor.getElementName(it)) }

    /** The name of the field as it is in a message, head and all. */
    fun encoded(index: Int): Bytes = encoded[index]

    /** The index of the field called [name], or -1. Peers mostly send fields in order, so [expected] is tried first. */
    fun find(
        name: Bytes,
        expected: Int,
    ): Int {
        if (expected < names.size && isSame(names[expected], name)) return expected
        for (index in names.indices) if (isSame(names[index], name)) return index
        return -1
    }

    private fun isSame(
        field: ByteArray,
        name: Bytes,
    ): Boolean {
        if (field.size != name.size) return false
        for (i in field.indices) if (field[i] != name.array[name.offset + i]) return false
        return true
    }
}

private fun encodedText(text: String): Bytes {
    val out = MsgPackWriter(text.length + 5)
    out.writeString(text)
    return out.finish().toBytes()
}

/** The names of every class that was read so far. */
internal class FieldNameCache {
    // Whole maps replace each other: a lost update costs one more encoding of the names.
    @Volatile
    private var known: Map<SerialDescriptor, FieldNames> = emptyMap()

    fun of(descriptor: SerialDescriptor): FieldNames =
        known[descriptor] ?: FieldNames(descriptor).also { known = known + (descriptor to it) }
}
