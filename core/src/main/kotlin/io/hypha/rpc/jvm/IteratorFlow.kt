@file:JvmName("IteratorFlows")

package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runInterruptible

/**
 * The elements of this iterator, which may block, as a stream that can be collected once. It is asked for an element when that is
 * wanted, on a thread that may block. [onEnd] runs when the stream ends, for whatever reason.
 */
@InternalHyphaApi
public fun <T> Iterator<T>.asFlow(onEnd: Runnable): Flow<T> =
    flow {
        val dispatcher = JavaExecution.current().dispatcher
        try {
            while (true) {
                val item = runInterruptible(dispatcher) { if (hasNext()) PulledItem(next()) else null } ?: break
                emit(item.value)
            }
        } finally {
            // Also after a cancellation, when nothing more can be waited for: ending a stream must not block for long.
            onEnd.run()
        }
    }
