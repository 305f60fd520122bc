package io.hypha.rpc.value

import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy

/**
 * What this room needs to know about calls: how a function, a stream or a byte source becomes a map that a peer can call back
 * (protocol §3.1, §4.3, §4.4, §5), and the reverse. There is one for each message; without one, as in the plain [MsgPack] format,
 * references are refused by name.
 */
internal interface References {
    /**
     * Writes the one value that stands for [value], which is a [Referable], a [Flow], a [ByteSource], or a map that is marked as an
     * interface object.
     *
     * @param element how to write the items of a flow when their type is known; null to write each as what it is.
     */
    fun write(
        value: Any,
        element: SerializationStrategy<Any?>?,
        out: ValueWriter,
    )

    /** The remote function that a map with `_rtype: method` describes; [entries] are all of its entries, decoded. */
    fun method(entries: Map<String, Any?>): Any

    /** The stream that a map with `_rtype: generator` describes; every item is decoded as [element] says. */
    fun <T> generator(
        entries: Map<String, Any?>,
        element: DeserializationStrategy<T>,
    ): Flow<T>

    /** The remote stream of bytes that a map with `_rtype: iostream` describes. */
    fun byteSource(entries: Map<String, Any?>): ByteSource
}
