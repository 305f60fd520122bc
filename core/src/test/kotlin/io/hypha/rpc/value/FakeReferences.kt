package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy

/** A call that writes remote functions as they came and other references as small maps, and makes remote things whose items come from [remoteItems]. */
internal class FakeReferences(
    private val format: ValueFormat = ValueFormat(),
    private val remoteItems: List<Any?> = emptyList(),
) : References {
    /** What was written, with the serializer of its items. */
    val written = ArrayList<Pair<Any, SerializationStrategy<Any?>?>>()

    override fun write(
        value: Any,
        element: SerializationStrategy<Any?>?,
        out: ValueWriter,
    ) {
        if (value is FakeRemoteFunction) return out.write(value.entries)
        if (value is Map<*, *>) return out.writeTextMap(value)
        written += value to element
        val tag =
            when (value) {
                is Referable -> "method"
                is Flow<*> -> "generator"
                else -> "iostream"
            }
        out.write(mapOf("_rtype" to tag, "number" to written.size))
    }

    override fun method(entries: Map<String, Any?>): Any = FakeRemoteFunction(entries)

    override fun <T> generator(
        entries: Map<String, Any?>,
        element: DeserializationStrategy<T>,
    ): Flow<T> = flow { for (item in remoteItems) emit(format.read(element, wire(item), this@FakeReferences)) }

    override fun byteSource(entries: Map<String, Any?>): ByteSource = FakeRemoteSource(entries)
}

internal data class FakeRemoteFunction(
    val entries: Map<String, Any?>,
) : Referable

internal object FakeLocalFunction : Referable

internal class FakeRemoteSource(
    val entries: Map<String, Any?>,
) : ByteSource {
    override suspend fun read(size: Int): Bytes = Bytes.Empty

    override suspend fun close() {
        // Holds nothing.
    }
}
