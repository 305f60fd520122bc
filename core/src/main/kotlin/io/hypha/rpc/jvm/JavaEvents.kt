package io.hypha.rpc.jvm

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.EventListener
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaEvent
import io.hypha.rpc.connection.ConnectionState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withContext
import java.util.concurrent.atomic.AtomicReference
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
    ): DisposableHandle = registered(connection, listener) { connection.on(type, it) }

    /** [HyphaConnection.once]. */
    @JvmStatic
    public fun once(
        connection: HyphaConnection,
        type: String,
        listener: BlockingListener<HyphaEvent>,
    ): DisposableHandle = registered(connection, listener) { connection.once(type, it) }

    /** [HyphaConnection.subscribe]. */
    @JvmStatic
    public suspend fun subscribe(
        connection: HyphaConnection,
        type: String,
        listener: BlockingListener<HyphaEvent>,
    ): DisposableHandle = registered(connection, listener) { connection.subscribe(type, it) }

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
     * States that come and go before it was told of the one before may be left out; the newest never is.
     */
    @JvmStatic
    public fun onState(
        connection: HyphaConnection,
        listener: BlockingListener<ConnectionState>,
    ): DisposableHandle {
        lateinit var hearing: Job
        val hear = listener.until { !hearing.isActive }.suspending(JavaExecution.of(connection))
        // Not a child of the connection: its listeners hear of its end.
        hearing =
            CoroutineScope(Dispatchers.Default).launch(start = CoroutineStart.LAZY) {
                connection.state.first { state ->
                    // Who closes the handle, perhaps in the listener itself, does not interrupt what the listener is at.
                    withContext(NonCancellable) { tell(connection.logger, hear, state) }
                    state is ConnectionState.Closed
                }
            }
        hearing.start()
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
            logger.log(HyphaLogger.Level.Error, "a listener of the connection's state failed", e)
        }
    }

    /** Registers [listener]. An event that waits for the executor when the listener is disposed is not heard any more. */
    private inline fun registered(
        connection: HyphaConnection,
        listener: BlockingListener<HyphaEvent>,
        register: (suspend (HyphaEvent) -> Unit) -> EventListener,
    ): EventListener {
        val registration = AtomicReference<EventListener>()
        val hears = listener.until { registration.get()?.isDisposed == true }
        return register(hears.suspending(JavaExecution.of(connection))).also(registration::set)
    }

    private fun <T> BlockingListener<T>.until(isOver: () -> Boolean): BlockingListener<T> = BlockingListener { if (!isOver()) hear(it) }
}
