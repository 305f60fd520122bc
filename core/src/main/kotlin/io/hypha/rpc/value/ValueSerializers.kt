package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.nullable

/** Anything that can travel, as itself: for `@Contextual` members of type `Any`. */
internal object AnySerializer : HyphaSerializer<Any>("kotlin.Any") {
    override fun from(value: Any?): Any = value ?: throw misfit("a value", kindOf(value))
}

/** The same or nil: reads and writes whatever comes. */
internal val OpenSerializer: KSerializer<Any?> = AnySerializer.nullable

/** For members of type [Bytes]: `@Contextual`, or `@Serializable(with = BytesSerializer::class)`. Reads what is bytes in any form. */
public object BytesSerializer : HyphaSerializer<Bytes>("io.hypha.rpc.wire.Bytes") {
    override fun from(value: Any?): Bytes = bytesFrom(value)
}

/** For members of type [NDArray]; reads bytes as well, as an array of `uint8`. */
public object NDArraySerializer : HyphaSerializer<NDArray>("io.hypha.rpc.value.NDArray") {
    override fun from(value: Any?): NDArray =
        when (value) {
            is NDArray -> value
            is Bytes -> NDArray.ofBytes(DType.UInt8, value)
            else -> throw misfit("an array", kindOf(value))
        }
}

/** For members of type [OrderedMap]; reads a plain map as well. */
public object OrderedMapSerializer : HyphaSerializer<OrderedMap>("io.hypha.rpc.value.OrderedMap") {
    override fun from(value: Any?): OrderedMap =
        when (value) {
            is OrderedMap -> value
            is Map<*, *> -> OrderedMap(value)
            else -> throw misfit("an orderedmap", kindOf(value))
        }
}

/** For members of type [MemoryView]; reads what is bytes in any form. */
public object MemoryViewSerializer : HyphaSerializer<MemoryView>("io.hypha.rpc.value.MemoryView") {
    override fun from(value: Any?): MemoryView = MemoryView(bytesFrom(value))
}

/** For members of type [RemoteError]. */
public object RemoteErrorSerializer : HyphaSerializer<RemoteError>("io.hypha.rpc.value.RemoteError") {
    override fun from(value: Any?): RemoteError = value as? RemoteError ?: throw misfit("an error", kindOf(value))
}

/** For members of type [ByteSource]; reads bytes as well, as a source of them. */
public object ByteSourceSerializer : HyphaSerializer<ByteSource>("io.hypha.rpc.value.ByteSource") {
    override fun from(value: Any?): ByteSource =
        when (value) {
            is ByteSource -> value
            is Bytes -> value.asByteSource()
            else -> throw misfit("a source of bytes", kindOf(value))
        }
}

/** Stands in for the serializer of a class that has a [codec]. */
internal class CodecSerializer(
    private val codec: Codec<Any>,
) : HyphaSerializer<Any>(nameOf(codec.type)) {
    /** Whether there can be instances at all. */
    val decodes: Boolean get() = codec.decoder != null

    override fun from(value: Any?): Any {
        if (!codec.type.isInstance(value)) throw misfit(nameOf(codec.type), kindOf(value))
        return value!!
    }
}

/** The bytes that [value] is, received as `bin`, a memory view, an array of one-byte elements or a list of numbers. */
internal fun bytesFrom(value: Any?): Bytes =
    when {
        value is Bytes -> value
        value is NDArray && value.rank == 1 && isBytes(value.dtype) -> value.toBytes()
        value is List<*> -> Bytes(byteArrayFrom(value))
        else -> throw misfit("bytes", kindOf(value))
    }

private fun isBytes(dtype: DType): Boolean = dtype.itemSize == 1 && (dtype.kind == DTypeKind.Unsigned || dtype.kind == DTypeKind.Signed)

private fun byteArrayFrom(list: List<*>): ByteArray =
    ByteArray(list.size) { i ->
        try {
            anyByte(list[i] as? Long ?: throw misfit("Byte", kindOf(list[i])))
        } catch (e: EncodingException) {
            throw e.within("[$i]")
        }
    }
