package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.wire.Bytes

// How arrays, memory views and errors stand on the wire (protocol §4.2).

/**
 * One dimension of a type that JavaScript knows as a `typedarray`, which both reference clients decode; anything else as an
 * `ndarray`, because an unknown type in a `typedarray` makes JavaScript drop the whole message.
 */
internal fun ValueWriter.writeArray(array: NDArray) {
    val isTypedArray = array.rank == 1 && array.dtype.isTypedArray
    out.writeMapHeader(if (isTypedArray) 3 else 4)
    writeTag(if (isTypedArray) Tags.TYPEDARRAY else Tags.NDARRAY)
    out.writeString(Tags.VALUE)
    writeElements(array)
    if (!isTypedArray) {
        out.writeString(Tags.SHAPE)
        out.writeArrayHeader(array.rank)
        for (size in array.dimensions.sizes) out.writeLong(size.toLong())
    }
    out.writeString(Tags.DTYPE)
    out.writeString(array.dtype.name)
}

private fun ValueWriter.writeElements(array: NDArray) {
    val lanes = array.lanes
    if (lanes is SliceLanes && array.dimensions.isRowMajor) {
        out.writeBinary(lanes.bytes)
    } else if (lanes is ByteLanes && array.dimensions.isRowMajor) {
        out.writeBinary(Bytes(lanes.array))
    } else {
        out.writeBinary(wireSize(array)) { target, offset -> copyWireBytes(array, target, offset) }
    }
}

internal fun ValueWriter.writeMemoryView(view: MemoryView) {
    out.writeMapHeader(2)
    writeTag(Tags.MEMORYVIEW)
    out.writeString(Tags.VALUE)
    out.writeBinary(view.bytes)
}

internal fun ValueWriter.writeError(error: RemoteError) {
    out.writeMapHeader(3)
    writeTag(Tags.ERROR)
    out.writeString(Tags.VALUE)
    out.writeString(error.message)
    out.writeString(Tags.TRACE)
    write(error.trace)
}

/** What peers are told about [error] (protocol §3.8): type and message, for programs match on both; a remote one as it came. */
internal fun remoteError(error: Throwable): RemoteError {
    if (error is RemoteException) return RemoteError(error.message.orEmpty(), error.remoteTrace)
    val type = error::class.simpleName ?: "Error"
    val message = error.message
    return RemoteError(if (message == null) type else "$type: $message", error.stackTraceToString())
}

internal fun referenceName(value: Any): String =
    when (value) {
        is ByteSource -> "A byte source"
        is Taggable, is Tagged -> "An interface object"
        is Referable -> "A function"
        else -> "A stream"
    }

internal fun bareLambda(): EncodingException =
    EncodingException("A bare lambda carries no types: wrap it in callback { … }, or convert it if it is no callback")

internal fun unsupportedType(value: Any): EncodingException =
    EncodingException(
        "Unsupported type ${typeName(value)}: annotate the class with @Serializable, register a codec for it, or, if it has type " +
            "parameters, pass it as arg<…>(value)",
    )
