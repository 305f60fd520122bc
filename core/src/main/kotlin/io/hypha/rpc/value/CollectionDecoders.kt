@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import io.hypha.rpc.wire.WireType
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder

// Lists, sets and maps from the forms that stand for one (protocol §4.1, §4.2).

/** A list or set: from a list, a set, bytes or an array, whose rows are lists again when it has several dimensions. */
internal fun beginList(
    root: MsgPackDecoder,
    values: ValueReader,
): CompositeDecoder {
    val reader = values.reader
    return when (reader.peek()) {
        WireType.Array -> ListDecoder(root, values, end = -1)
        WireType.Binary -> ArrayDecoder(NDArray.ofBytes(DType.UInt8, reader.readBinary()), root.serializersModule).rows()
        WireType.Map -> beginTaggedList(root, values)
        else -> throw misfit("a list", foundIn(reader))
    }
}

private fun beginTaggedList(
    root: MsgPackDecoder,
    values: ValueReader,
): CompositeDecoder {
    val reader = values.reader
    val start = reader.position
    val map = TaggedMap.scan(reader)
    return when (map.tag) {
        Tags.SET -> {
            map.enterValue(reader, WireType.Array)
            ListDecoder(root, values, map.end)
        }

        Tags.NDARRAY, Tags.TYPEDARRAY -> {
            ArrayDecoder(map.readArray(reader), root.serializersModule).rows()
        }

        Tags.MEMORYVIEW -> {
            ArrayDecoder(NDArray.ofBytes(DType.UInt8, map.readBytes(reader)), root.serializersModule).rows()
        }

        else -> {
            reader.position = start
            throw misfit("a list", foundIn(reader))
        }
    }
}

/** A map: from a map, whose text keys are taken for numbers where these are asked for, or from an `orderedmap`. */
internal fun beginMap(
    root: MsgPackDecoder,
    values: ValueReader,
): CompositeDecoder {
    val reader = values.reader
    if (reader.peek() != WireType.Map) throw misfit("a map", foundIn(reader))
    val start = reader.position
    if (isReservedFirst(values)) {
        val map = TaggedMap.scan(reader)
        if (map.tag == Tags.ORDEREDMAP) {
            map.enterValue(reader, WireType.Array)
            return MapDecoder(root, values, map.end, isOrdered = true)
        }
        if (map.tag == Tags.PYDANTIC) {
            map.enterValue(reader, WireType.Map)
            return MapDecoder(root, values, map.end, isOrdered = false)
        }
        reader.position = start
    }
    return MapDecoder(root, values, end = -1, isOrdered = false)
}

/** All keys of an `orderedmap` are reserved ones, so only maps that begin with one need to be passed over for their tag. */
private fun isReservedFirst(values: ValueReader): Boolean {
    val reader = values.reader
    val start = reader.position
    val isReserved =
        reader.readMapHeader() > 0 && reader.peek() == WireType.String && Tags.isReserved(reader.readStringBytes())
    reader.position = start
    return isReserved
}

/**
 * Up to this size the room for a collection is made at once; larger ones grow as their elements really arrive, for a header may
 * promise more than follows, at every level of nesting.
 */
internal const val TRUSTED_SIZE: Int = 4096

/** The elements of the list that comes next. [end] is where to go on afterwards; -1 stands for right behind them. */
internal class ListDecoder(
    private val root: MsgPackDecoder,
    values: ValueReader,
    private val end: Int,
) : ElementsDecoder(root.serializersModule) {
    private val reader = values.reader
    private val size: Int
    private var begun = 0

    init {
        reader.enter()
        size = reader.readArrayHeader()
    }

    override fun decodeSequentially(): Boolean = size <= TRUSTED_SIZE

    override fun decodeCollectionSize(descriptor: SerialDescriptor): Int = size

    override fun decodeElementIndex(descriptor: SerialDescriptor): Int = if (begun < size) begun else CompositeDecoder.DECODE_DONE

    override fun element(index: Int): HyphaDecoder {
        begun++
        return root
    }

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = "[$index]"

    override fun endStructure(descriptor: SerialDescriptor) {
        if (end < 0) repeat(size - begun) { reader.skip() } else reader.position = end
        reader.leave()
    }
}
