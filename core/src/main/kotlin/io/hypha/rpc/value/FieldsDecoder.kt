package io.hypha.rpc.value

import io.hypha.rpc.wire.WireType
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder

/**
 * A serializable class from a map: unknown keys are passed over, and nil for a field that has a default value and cannot be null
 * means the default, for JavaScript sends its undefined fields as nil. Of a map with `_rtype: pydantic_model` the fields are those
 * of the map under `_rvalue`, wherever these two stand.
 */
internal class FieldsDecoder(
    private val root: MsgPackDecoder,
    values: ValueReader,
    descriptor: SerialDescriptor,
) : ElementsDecoder(root.serializersModule) {
    private val reader = values.reader
    private val names = values.format.fieldNames.of(descriptor)
    private var remaining: Int
    private var expected = 0

    // The parts of a pydantic_model seen so far, and where the map ends that it was.
    private var isModel = false
    private var model = -1
    private var end = -1

    init {
        if (reader.peek() != WireType.Map) throw misfit(descriptor.serialName, foundIn(reader))
        reader.enter()
        remaining = reader.readMapHeader()
    }

    override fun decodeElementIndex(descriptor: SerialDescriptor): Int {
        while (true) {
            if (remaining == 0 && !enterModel()) return CompositeDecoder.DECODE_DONE
            if (remaining == 0) continue
            remaining--
            val key = reader.readStringBytes()
            val index = names.find(key, expected)
            when {
                index < 0 -> {
                    if (Tags.isReserved(key)) noteModel(key.isText(Tags.TYPE), key.isText(Tags.VALUE))
                    reader.skip()
                }

                reader.peek() == WireType.Nil && isAbsent(descriptor, index) -> {
                    reader.readNil()
                }

                else -> {
                    expected = index + 1
                    return index
                }
            }
        }
    }

    private fun isAbsent(
        descriptor: SerialDescriptor,
        index: Int,
    ): Boolean = descriptor.isElementOptional(index) && !descriptor.getElementDescriptor(index).isNullable

    private fun noteModel(
        isType: Boolean,
        isValue: Boolean,
    ) {
        if (end >= 0) return
        if (isValue) {
            model = reader.position
        } else if (isType && reader.peek() == WireType.String) {
            val at = reader.position
            isModel = reader.readStringBytes().isText(Tags.PYDANTIC)
            reader.position = at
        }
    }

    /** Goes on with the map under `_rvalue`, if that is what this map was about. */
    private fun enterModel(): Boolean {
        if (!isModel || model < 0 || end >= 0) return false
        end = reader.position
        reader.position = model
        if (reader.peek() != WireType.Map) throw malformed(Tags.PYDANTIC, Tags.VALUE)
        remaining = reader.readMapHeader()
        return true
    }

    override fun element(index: Int): HyphaDecoder = root

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = descriptor.getElementName(index)

    override fun endStructure(descriptor: SerialDescriptor) {
        if (end < 0) {
            // A serializer may stop before it has seen all.
            repeat(2 * remaining) { reader.skip() }
        } else {
            reader.position = end
        }
        reader.leave()
    }
}
