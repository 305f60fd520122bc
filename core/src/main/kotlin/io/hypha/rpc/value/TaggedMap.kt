package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType

/**
 * Where the parts of a map with an `_rtype` stand. The tag may be the last entry of the map, as in arrays that JavaScript sends
 * back, so the map is passed over once before its value is read.
 *
 * @property tag the `_rtype`, or null when there is none.
 * @property value position of the `_rvalue`, or -1.
 * @property end position behind the map.
 */
internal class TaggedMap private constructor(
    val tag: String?,
    private val value: Int,
    private val shape: Int,
    private val dtype: Int,
    val end: Int,
) {
    /** Moves [reader] to the `_rvalue`, which must be of this [type]. */
    fun enterValue(
        reader: MsgPackReader,
        type: WireType,
    ) {
        if (value < 0) throw malformed(tag.toString(), Tags.VALUE)
        reader.position = value
        if (reader.peek() != type) throw malformed(tag.toString(), Tags.VALUE)
    }

    /** Reads the bytes that this map is, and leaves [reader] behind it. */
    fun readBytes(reader: MsgPackReader): Bytes {
        enterValue(reader, WireType.Binary)
        return reader.readBinary().also { reader.position = end }
    }

    /** Reads this map as the array that it is, and leaves [reader] behind it. */
    fun readArray(reader: MsgPackReader): NDArray {
        val tag = tag.toString()
        if (value < 0) throw malformed(tag, Tags.VALUE)
        reader.position = value
        val bytes =
            when (reader.peek()) {
                WireType.Binary -> reader.readBinary()
                WireType.Array -> joined(List(reader.readArrayHeader()) { piece(reader, tag) })
                else -> throw malformed(tag, Tags.VALUE)
            }
        val sizes = if (shape < 0) null else readShape(reader, tag)
        val name = if (dtype < 0) null else readDType(reader)
        reader.position = end
        return receivedArray(tag, bytes, sizes, name)
    }

    private fun piece(
        reader: MsgPackReader,
        tag: String,
    ) = if (reader.peek() == WireType.Binary) reader.readBinary() else throw malformed(tag, Tags.VALUE)

    private fun readShape(
        reader: MsgPackReader,
        tag: String,
    ): IntArray? {
        reader.position = shape
        if (reader.peek() != WireType.Array) return null
        val rank = reader.readArrayHeader()
        if (rank > MOST_DIMENSIONS) throw malformed(tag, Tags.SHAPE)
        return IntArray(rank) {
            if (reader.peek() != WireType.Integer) throw malformed(tag, Tags.SHAPE)
            longToInt(reader.readLong())
        }
    }

    private fun readDType(reader: MsgPackReader): String? {
        reader.position = dtype
        return if (reader.peek() == WireType.String) reader.readKey() else null
    }

    companion object {
        /** As many as numpy allows. */
        private const val MOST_DIMENSIONS = 64

        /** Passes over the map that comes next. */
        fun scan(reader: MsgPackReader): TaggedMap {
            var tag: String? = null
            var value = -1
            var shape = -1
            var dtype = -1
            repeat(reader.readMapHeader()) {
                val key = reader.readStringBytes()
                val at = reader.position
                when {
                    !Tags.isReserved(key) -> Unit
                    key.isText(Tags.TYPE) -> if (reader.peek() == WireType.String) tag = reader.readKey()
                    key.isText(Tags.VALUE) -> value = at
                    key.isText(Tags.SHAPE) -> shape = at
                    key.isText(Tags.DTYPE) -> dtype = at
                }
                reader.position = at
                reader.skip()
            }
            return TaggedMap(tag, value, shape, dtype, reader.position)
        }
    }
}
