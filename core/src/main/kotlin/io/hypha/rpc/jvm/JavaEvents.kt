package io.hypha.rpc.jvm

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaEvent
import io.hypha.rpc.connection.ConnectionState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runInterruptible
import java.util.function.Function
import java.util.function.Predicate

/** The events of a connection for Java programs, whose listeners run where its [JavaExecution] says. */
@InternalHyphaApi
public object JavaEvents {
    /** [HyphaConnection.on]. */
    @JvmStatic
    public fun on(
        connection: HyphaConnection,
        type: String,
        listener: BlockingListener<HyphaEvent>,
    ): DisposableHandle = connection.on(type, listener.suspending(JavaExecution.of(connection)))

    /** [HyphaConnection.once]. */
    @JvmStatic
    public fun once(
        connection: HyphaConnection,
        type: String,
        listener: BlockingListener<HyphaEvent>,
    ): DisposableHandle = connection.once(type, listener.suspending(JavaExecution.of(connection)))

    /** [HyphaConnection.subscribe]. */
    @JvmStatic
    public suspend fun subscribe(
        connection: HyphaConnection,
        type: String,
        listener: BlockingListener<HyphaEvent>,
    ): DisposableHandle = connection.subscribe(type, listener.suspending(JavaExecution.of(connection)))

    /** [HyphaConnection.waitFor], whose [predicate] may block. */
    @JvmStatic
    public suspend fun waitFor(
        connection: HyphaConnection,
        type: String,
        nanoseconds: Long,
        subscribed: Boolean,
        predicate: Predicate<HyphaEvent>,
    ): HyphaEvent {
        val dispatcher = JavaExecution.of(connection).dispatcher
        return connection.waitFor(type, Timeouts.duration(nanoseconds), subscribed) { event ->
            runInterruptible(dispatcher) { predicate.test(event) }
        }
    }

    /** [event] with its values as Java knows them. */
    @JvmStatic
    public fun map(
        event: HyphaEvent,
        convert: Function<Any?, Any?>,
    ): HyphaEvent =
        HyphaEvent(event.type, event.entries.mapValues { convert.apply(it.value) }, event.context, event.isFromServer, event.size)

    /**
     * Tells [listener] the present state of [connection] and each one that it comes to, one at a time, until the connection has ended.
     * States that come and go while it is busy may be left out.
     */
    @JvmStatic
    public fun onState(
        connection: HyphaConnection,
        listener: BlockingListener<ConnectionState>,
    ): DisposableHandle {
        val execution = JavaExecution.of(connection)
        val hear = listener.suspending(execution)
        // Not a child of the connection: its listeners hear of its end.
        val hearing =
            CoroutineScope(execution.dispatcher).launch {
                connection.state.first { state ->
                    tell(connection.logger, hear, state)
                    state is ConnectionState.Closed
                }
            }
        return DisposableHandle { hearing.cancel() }
    }

    private suspend fun tell(
        logger: HyphaLogger,
        hear: suspend (ConnectionState) -> Unit,
        state: ConnectionState,
    ) {
        try {
            hear(state)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            currentCoroutineContext().ensureActive()
            logger.log(HyphaLogger.Level.Error, "a listener of the connection's state failed", e)
        }
    }
}
