package io.hypha.rpc.jvm.bean

import io.hypha.rpc.service.Description
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SealedSerializationApi
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.encoding.CompositeDecoder
import java.lang.reflect.Type

/** Which side of a class a descriptor shows. */
internal enum class View {
    /** What is written. */
    Written,

    /** What is read, with every property asked for, even when it is nil. */
    Read,

    /** What is read, with the truth on what may be left out: for schemas. */
    Described,
}

/** A record or a bean as a structure. Its parts are looked up when they are asked for, for a class may contain itself. */
@OptIn(SealedSerializationApi::class, ExperimentalSerializationApi::class)
internal class BeanDescriptor(
    private val type: Type,
    private val model: ClassModel,
    private val view: View,
    private val element: (Property) -> SerialDescriptor,
) : SerialDescriptor {
    private val properties = if (view == View.Written) model.written else model.read

    override val serialName: String = model.type.canonicalName ?: model.type.name

    override val kind: SerialKind get() = StructureKind.CLASS

    override val elementsCount: Int get() = properties.size

    override val annotations: List<Annotation> = listOfNotNull(find<Description>(model.type))

    override fun getElementName(index: Int): String = properties[index].name

    override fun getElementIndex(name: String): Int =
        properties.indexOfFirst { it.name == name }.let { if (it < 0) CompositeDecoder.UNKNOWN_NAME else it }

    override fun getElementAnnotations(index: Int): List<Annotation> = listOfNotNull(properties[index].description)

    override fun getElementDescriptor(index: Int): SerialDescriptor = element(properties[index])

    override fun isElementOptional(index: Int): Boolean =
        view == View.Described && (!model.isRecord || isOptional(rawClass(properties[index].type)))

    override fun equals(other: Any?): Boolean =
        this === other || (other is BeanDescriptor && other.view == view && other.type == type && other.model.type == model.type)

    override fun hashCode(): Int = serialName.hashCode() * 3 + view.ordinal

    override fun toString(): String = serialName
}
