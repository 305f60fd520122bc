package io.hypha.rpc.fuzz

import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.Referable
import io.hypha.rpc.value.References
import io.hypha.rpc.value.ValueWriter
import io.hypha.rpc.value.writeTextMap
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy

/** A call that keeps references as they came and sends them on like that: equal ones stay equal. */
internal object HeldReferences : References {
    override fun write(
        value: Any,
        element: SerializationStrategy<Any?>?,
        out: ValueWriter,
    ) = out.writeTextMap(if (value is Held) value.entries else value as Map<*, *>)

    override fun method(entries: Map<String, Any?>): Any = HeldFunction(entries)

    override fun <T> generator(
        entries: Map<String, Any?>,
        element: DeserializationStrategy<T>,
    ): Flow<T> = HeldStream(entries)

    override fun byteSource(entries: Map<String, Any?>): ByteSource = HeldSource(entries)
}

private sealed interface Held {
    val entries: Map<String, Any?>
}

private data class HeldFunction(
    override val entries: Map<String, Any?>,
) : Held,
    Referable

private data class HeldStream<T>(
    override val entries: Map<String, Any?>,
) : Held,
    Flow<T> {
    override suspend fun collect(collector: FlowCollector<T>) {
        // Nobody asks for its items.
    }
}

private data class HeldSource(
    override val entries: Map<String, Any?>,
) : Held,
    ByteSource {
    override suspend fun read(size: Int): Bytes = Bytes.Empty

    override suspend fun close() {
        // Holds nothing.
    }
}
