@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.listSerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.modules.SerializersModule

/**
 * Reads a received array as the numbers that a deserializer asks for: the element at [position] when the array counts as a list of
 * elements, the array itself when it is asked for as a whole.
 */
internal class ArrayDecoder(
    private val array: NDArray,
    override val serializersModule: SerializersModule,
    private val isElement: Boolean = false,
) : HyphaDecoder {
    /** Which element is read. */
    var position: Int = 0

    /** The array as a list: of elements, or of rows when it has several dimensions. */
    fun rows(): CompositeDecoder {
        if (array.rank == 0) throw misfit("a list", kindOf(array))
        // Rows without elements take no bytes: a short message could promise any number of them.
        if (array.size == 0 && array.dimensions.sizes[0] > TRUSTED_SIZE) throw misfit("a list", kindOf(array))
        return ArrayRows(array, serializersModule)
    }

    override fun decodeNotNullMark(): Boolean = true

    override fun decodeNull(): Nothing? = throw misfit("nil", found())

    override fun decodeBoolean(): Boolean = single("Boolean").booleanAt(position)

    override fun decodeByte(): Byte = longToByte(single("Byte").longAt(position))

    override fun decodeShort(): Short = longToShort(single("Short").longAt(position))

    override fun decodeInt(): Int = longToInt(single("Int").longAt(position))

    override fun decodeLong(): Long = single("Long").longAt(position)

    override fun decodeFloat(): Float = doubleToFloat(single("Float").doubleAt(position))

    override fun decodeDouble(): Double = single("Double").doubleAt(position)

    override fun decodeChar(): Char = throw misfit("Char", found())

    override fun decodeString(): String = throw misfit("String", found())

    override fun decodeEnum(enumDescriptor: SerialDescriptor): Int = throw misfit(enumDescriptor.serialName, found())

    override fun decodeInline(descriptor: SerialDescriptor): Decoder =
        if (isUnsigned(descriptor)) UnsignedDecoder(this) { single(it).ulongAt(position) } else this

    override fun decodeValue(): Any = if (isElement) array.elementAt(position) else array

    override fun beginStructure(descriptor: SerialDescriptor): CompositeDecoder {
        if (isElement || descriptor.kind != StructureKind.LIST) throw misfit(descriptor.serialName, found())
        return rows()
    }

    override fun <T> decodeGenerator(element: DeserializationStrategy<T>): Flow<T> = elements(element).asFlow()

    override fun <T> decodeSerializableValue(deserializer: DeserializationStrategy<T>): T {
        val target = NumberTarget.of(deserializer) ?: return deserializer.deserialize(this)
        if (isElement) throw misfit("a list", found())
        @Suppress("UNCHECKED_CAST") // It is the array that the deserializer makes.
        return target.from(array) as T
    }

    private fun single(target: String): NDArray = if (isElement) array else throw misfit(target, found())

    private fun found(): String = if (isElement) "an element of dtype ${array.dtype}" else kindOf(array)
}

/** The rows of an array along its first dimension. */
private class ArrayRows(
    private val array: NDArray,
    serializersModule: SerializersModule,
) : ElementsDecoder(serializersModule) {
    private val size = array.dimensions.sizes[0]
    private val elements = if (array.rank == 1) ArrayDecoder(array, serializersModule, isElement = true) else null
    private var begun = 0

    override fun decodeSequentially(): Boolean = true

    override fun decodeCollectionSize(descriptor: SerialDescriptor): Int = size

    override fun decodeElementIndex(descriptor: SerialDescriptor): Int = if (begun < size) begun else CompositeDecoder.DECODE_DONE

    override fun element(index: Int): HyphaDecoder {
        val number = begun++
        if (elements == null) return ArrayDecoder(array.row(number), serializersModule)
        elements.position = number
        return elements
    }

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = "[$index]"

    override fun endStructure(descriptor: SerialDescriptor) {
        // The array has been read as a whole.
    }
}

/** The part of a received array that has [index] in its first dimension; shares the bytes. */
private fun NDArray.row(index: Int): NDArray {
    val sizes = dimensions.sizes.copyOfRange(1, rank)
    val size = Dimensions.product(sizes) * dtype.itemSize
    val slice = toBytes().slice(index * size, (index + 1) * size)
    return NDArray(dtype, Dimensions(sizes), SliceLanes(slice, dtype.laneSize, dtype.isLittleEndian))
}

/** All elements of the list that comes next. */
internal fun <T> Decoder.elements(element: DeserializationStrategy<T>): List<T> {
    val descriptor = listSerialDescriptor(element.descriptor)
    val elements = beginStructure(descriptor)
    val size = elements.decodeCollectionSize(descriptor)
    val list = ArrayList<T>(minOf(size, TRUSTED_SIZE))
    while (list.size < size) list.add(elements.decodeSerializableElement(descriptor, list.size, element))
    elements.endStructure(descriptor)
    return list
}
