@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import io.hypha.rpc.wire.WireType
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder

/**
 * The entries of the map that comes next, or of the list of pairs when it [isOrdered]. Keys have even indices, values odd ones.
 * [end] is where to go on afterwards; -1 stands for right behind them.
 */
internal class MapDecoder(
    private val root: MsgPackDecoder,
    values: ValueReader,
    private val end: Int,
    private val isOrdered: Boolean,
) : ElementsDecoder(root.serializersModule) {
    private val reader = values.reader
    private val keys = if (isOrdered) null else KeyDecoder(root, reader)
    private val size: Int
    private var begun = 0
    private var keyAt = 0

    init {
        reader.enter()
        size = if (isOrdered) reader.readArrayHeader() else reader.readMapHeader()
    }

    override fun decodeSequentially(): Boolean = size <= TRUSTED_SIZE

    override fun decodeCollectionSize(descriptor: SerialDescriptor): Int = size

    override fun decodeElementIndex(descriptor: SerialDescriptor): Int = if (begun < 2 * size) begun else CompositeDecoder.DECODE_DONE

    override fun element(index: Int): HyphaDecoder {
        val isKey = begun++ % 2 == 0
        if (!isKey) return root
        if (isOrdered) enterPair()
        keyAt = reader.position
        return keys ?: root
    }

    private fun enterPair() {
        if (reader.peek() != WireType.Array || reader.readArrayHeader() != 2) throw malformed(Tags.ORDEREDMAP, Tags.VALUE)
    }

    /** The key, read again: on the happy path nobody asks for it. */
    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String {
        val key = reader.at(keyAt)
        return when (key.peek()) {
            WireType.String, WireType.Binary -> key.readKey()
            WireType.Integer -> key.readInteger().toString()
            WireType.Float -> key.readDouble().toString()
            WireType.Boolean -> key.readBoolean().toString()
            else -> "{key}"
        }
    }

    override fun endStructure(descriptor: SerialDescriptor) {
        if (end < 0) repeat(2 * size - begun) { reader.skip() } else reader.position = end
        reader.leave()
    }
}
