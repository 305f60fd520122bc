package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import java.util.stream.BaseStream

/** The iterators and streams of Java as streams to send. */
@InternalHyphaApi
public object IteratorFlows {
    /** [iterator] as a stream; it is closed at the end of that, if it can be. */
    @JvmStatic
    public fun of(iterator: Iterator<*>): Flow<Any?> = iterator.asFlow(null)

    /** [stream] as a stream; it is closed at the end of that. */
    @JvmStatic
    public fun of(stream: BaseStream<*, *>): Flow<Any?> = stream.asFlow(null)
}

/** A result that is an iterator or a stream runs where its handler ran. */
internal fun streamOf(
    result: Any?,
    execution: JavaExecution,
): Any? =
    when (result) {
        is Iterator<*> -> result.asFlow(execution)
        is BaseStream<*, *> -> result.asFlow(execution)
        else -> result
    }

private fun Iterator<*>.asFlow(execution: JavaExecution?): Flow<Any?> = flowOf(execution, { this }) { (this as? AutoCloseable)?.close() }

private fun BaseStream<*, *>.asFlow(execution: JavaExecution?): Flow<Any?> = flowOf(execution, { iterator() }, ::close)

/**
 * The elements of an iterator, which may block, as a stream that can be collected once. It is asked for an element when that is wanted,
 * where handlers run. [onEnd] runs there too, when the stream ends for whatever reason.
 */
private fun flowOf(
    execution: JavaExecution?,
    iterator: () -> Iterator<*>,
    onEnd: () -> Unit,
): Flow<Any?> =
    flow {
        val place = execution ?: JavaExecution.current()
        try {
            val items = place.run(iterator)
            while (true) {
                val item = place.run { if (items.hasNext()) PulledItem(items.next()) else null } ?: break
                emit(item.value)
            }
        } finally {
            withContext(NonCancellable) { place.runAnyhow(onEnd) }
        }
    }
