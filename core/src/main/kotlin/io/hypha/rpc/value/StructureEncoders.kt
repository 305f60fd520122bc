package io.hypha.rpc.value

import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.descriptors.SerialDescriptor

/**
 * A serializable class as a map from field names to values. Fields with default values are written too: a peer knows no defaults.
 *
 * @param type the name of the subclass, when the class is one of a sealed or open class.
 */
internal class FieldsEncoder(
    root: MsgPackEncoder,
    values: ValueWriter,
    descriptor: SerialDescriptor,
    private val names: FieldNames,
    type: String?,
) : ElementsEncoder(root, values) {
    private val out = values.out
    private val at = out.size
    private val announced = descriptor.elementsCount + if (type == null) 0 else 1
    private var written = 0

    init {
        values.enter()
        out.writeMapHeader(announced)
        if (type != null) {
            out.writeString(SUBCLASS_KEY)
            out.writeString(type)
            written++
        }
    }

    override fun begin(
        descriptor: SerialDescriptor,
        index: Int,
    ) {
        out.writeRaw(names.encoded(index))
        written++
    }

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = descriptor.getElementName(index)

    override fun endStructure(descriptor: SerialDescriptor) {
        // Some serializers leave fields out, such as those marked @EncodeDefault(NEVER).
        if (written < announced) out.shrinkMapHeader(at, announced, written)
        values.leave()
    }
}

/** A list. */
internal open class ListEncoder(
    root: MsgPackEncoder,
    values: ValueWriter,
    size: Int,
) : ElementsEncoder(root, values) {
    init {
        values.enter()
        values.out.writeArrayHeader(size)
    }

    override fun begin(
        descriptor: SerialDescriptor,
        index: Int,
    ) {
        // Nothing stands before an element.
    }

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = "[$index]"

    override fun endStructure(descriptor: SerialDescriptor) {
        values.leave()
    }
}

/** A map: as a map when its keys are text, else as an `orderedmap`. Keys have even indices, values odd ones. */
internal class MapEncoder(
    root: MsgPackEncoder,
    values: ValueWriter,
    size: Int,
    private val hasTextKeys: Boolean,
) : ElementsEncoder(root, values) {
    private var key: Any? = null

    init {
        if (hasTextKeys) {
            values.enter()
            values.out.writeMapHeader(size)
        } else {
            values.openOrderedMap(size)
        }
    }

    override fun begin(
        descriptor: SerialDescriptor,
        index: Int,
    ) {
        if (!hasTextKeys && index % 2 == 0) values.out.writeArrayHeader(2)
    }

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = keyStep(key)

    override fun <T> encodeSerializableElement(
        descriptor: SerialDescriptor,
        index: Int,
        serializer: SerializationStrategy<T>,
        value: T,
    ) {
        if (index % 2 == 0) {
            key = value
            if (value == null) requireKey(null)
        }
        super.encodeSerializableElement(descriptor, index, serializer, value)
    }

    override fun endStructure(descriptor: SerialDescriptor) {
        if (hasTextKeys) values.leave() else values.closeOrderedMap()
    }
}
