package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType

/** The array of primitives that [target] says, from a list, bytes, a memory view or an array of one dimension. */
internal fun readNumbers(
    target: NumberTarget,
    reader: MsgPackReader,
): Any =
    when (reader.peek()) {
        WireType.Array -> readNumberList(target, reader)
        WireType.Binary -> fromBytes(target, reader.readBinary())
        WireType.Map -> fromMap(target, reader)
        else -> throw misfit("a list of numbers", foundIn(reader))
    }

private fun fromBytes(
    target: NumberTarget,
    bytes: Bytes,
): Any = if (target == NumberTarget.Bytes) bytes.toByteArray() else target.from(NDArray.ofBytes(DType.UInt8, bytes))

private fun fromMap(
    target: NumberTarget,
    reader: MsgPackReader,
): Any {
    arrayIn(reader)?.let { return target.from(it) }
    val start = reader.position
    val map = TaggedMap.scan(reader)
    if (map.tag != Tags.MEMORYVIEW) {
        reader.position = start
        throw misfit("a list of numbers", foundIn(reader))
    }
    return fromBytes(target, map.readBytes(reader))
}

private fun readNumberList(
    target: NumberTarget,
    reader: MsgPackReader,
): Any {
    val size = reader.readArrayHeader()
    requirePresent(reader, size)
    val scalars = ScalarReader(reader)
    return when (target) {
        NumberTarget.Doubles -> DoubleArray(size).also { a -> each(size) { a[it] = scalars.double("Double") } }
        NumberTarget.Floats -> FloatArray(size).also { a -> each(size) { a[it] = doubleToFloat(scalars.double("Float")) } }
        NumberTarget.Ints -> IntArray(size).also { a -> each(size) { a[it] = longToInt(scalars.integer("Int")) } }
        NumberTarget.Longs -> LongArray(size).also { a -> each(size) { a[it] = scalars.integer("Long") } }
        NumberTarget.Shorts -> ShortArray(size).also { a -> each(size) { a[it] = longToShort(scalars.integer("Short")) } }
        NumberTarget.Bytes -> ByteArray(size).also { a -> each(size) { a[it] = anyByte(scalars.integer("Byte")) } }
        NumberTarget.Booleans -> BooleanArray(size).also { a -> each(size) { a[it] = scalars.boolean() } }
    }
}

/** Python and JavaScript count bytes from 0 to 255, Kotlin from -128 to 127: a list of bytes may hold either. */
internal fun anyByte(value: Long): Byte {
    if (value !in Byte.MIN_VALUE..UByte.MAX_VALUE.toLong()) throw misfit("Byte", "an integer outside of its range")
    return value.toByte()
}

private inline fun each(
    size: Int,
    read: (Int) -> Unit,
) {
    var i = 0
    try {
        while (i < size) read(i++)
    } catch (e: EncodingException) {
        throw e.within("[${i - 1}]")
    }
}

/** A long list is passed over before an array of its size is made: its header may promise more than follows. */
private fun requirePresent(
    reader: MsgPackReader,
    size: Int,
) {
    if (size <= TRUSTED_SIZE) return
    val start = reader.position
    repeat(size) { reader.skip() }
    reader.position = start
}
