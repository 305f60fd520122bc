package io.hypha.rpc.value

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.elementNames
import kotlin.time.Instant

/** Reads single values as the type asked for, from every wire form that fits. */
internal class ScalarReader(
    private val reader: MsgPackReader,
) {
    fun boolean(): Boolean =
        when (reader.peek()) {
            WireType.Boolean -> reader.readBoolean()
            WireType.Map -> single("Boolean").booleanAt(0)
            else -> throw misfit("Boolean", foundIn(reader))
        }

    /** An integer of up to 63 bits and a sign; [target] is the type that it is read for. */
    fun integer(target: String): Long =
        when (reader.peek()) {
            WireType.Integer -> long(target)
            WireType.Float -> doubleToLong(reader.readDouble())
            WireType.Map -> single(target).longAt(0)
            else -> throw misfit(target, foundIn(reader))
        }

    private fun long(target: String): Long =
        try {
            reader.readLong()
        } catch (e: ProtocolException) {
            // It is still unread if it was whole, but too large.
            if (reader.readInteger() is ULong) throw misfit(target, "an integer outside of its range")
            throw e
        }

    fun ulong(target: String): ULong =
        when (reader.peek()) {
            WireType.Integer -> reader.readInteger().let { if (it is ULong) it else longToULong(it as Long) }
            WireType.Float -> doubleToULong(reader.readDouble())
            WireType.Map -> single(target).ulongAt(0)
            else -> throw misfit(target, foundIn(reader))
        }

    fun double(target: String): Double =
        when (reader.peek()) {
            WireType.Float -> reader.readDouble()
            WireType.Integer -> reader.readInteger().let { if (it is ULong) ulongToDouble(it) else longToDouble(it as Long) }
            WireType.Map -> single(target).doubleAt(0)
            else -> throw misfit(target, foundIn(reader))
        }

    fun text(target: String): String {
        if (reader.peek() != WireType.String) throw misfit(target, foundIn(reader))
        return reader.readString()
    }

    fun enum(
        descriptor: SerialDescriptor,
        names: FieldNameCache,
    ): Int {
        if (reader.peek() != WireType.String) throw misfit(descriptor.serialName, foundIn(reader))
        val index = names.of(descriptor).find(reader.readStringBytes(), 0)
        if (index < 0) throw misfit(descriptor.serialName, "text that is none of ${choices(descriptor)}")
        return index
    }

    /** A point in time: ISO-8601 text, seconds since 1970 with or without a fraction, or a timestamp. */
    fun instant(): Instant =
        when (reader.peek()) {
            WireType.String -> instantOf(reader.readString())
            WireType.Integer -> Instant.fromEpochSeconds(reader.readLong())
            WireType.Float -> instantOf(reader.readDouble())
            WireType.Extension -> readInstant(reader)
            else -> throw misfit("Instant", foundIn(reader))
        }

    /** The array without dimensions that numpy's scalars arrive as. */
    private fun single(target: String): NDArray {
        val array = arrayIn(reader) ?: throw misfit(target, foundIn(reader))
        if (array.rank != 0) throw misfit(target, kindOf(array))
        return array
    }
}

/** The names of an enum, or those that a message has room for. */
private fun choices(descriptor: SerialDescriptor): String {
    val names = descriptor.elementNames.toList()
    return if (names.size <= MOST_CHOICES) names.joinToString() else names.take(MOST_CHOICES).joinToString(postfix = " …")
}

private const val MOST_CHOICES = 20

private const val NANOSECONDS = 1_000_000_000

private fun instantOf(text: String): Instant =
    Instant.parseOrNull(text) ?: throw misfit("Instant", "text that is no ISO-8601 time with a zone")

private fun instantOf(seconds: Double): Instant {
    if (!seconds.isFinite()) throw misfit("Instant", "a float that is not finite")
    val whole = kotlin.math.floor(seconds)
    return Instant.fromEpochSeconds(whole.toLong(), ((seconds - whole) * NANOSECONDS).toLong())
}

/** The array that comes next, or null, still unread, when the next value is something else. */
internal fun arrayIn(reader: MsgPackReader): NDArray? {
    val start = reader.position
    if (reader.peek() != WireType.Map) return null
    val map = TaggedMap.scan(reader)
    if (map.tag == Tags.NDARRAY || map.tag == Tags.TYPEDARRAY) return map.readArray(reader)
    reader.position = start
    return null
}

/** What comes next, in words; the reader stays where it is. */
internal fun foundIn(reader: MsgPackReader): String {
    val type = reader.peek()
    // The message ends too early, whatever is asked for.
    if (type == WireType.End) throw reader.unexpected("a value")
    if (type != WireType.Map) return type.label
    val start = reader.position
    val tag = TaggedMap.scan(reader).tag
    reader.position = start
    return if (tag in Tags.all) kindOfTag(tag.orEmpty()) else type.label
}
