package io.hypha.rpc.jvm

import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.Shape
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.reflect.KType

/** How functions declared in one way are called and served: what their callers wait with, or whether they wait at all. */
internal interface CallStyle {
    /** The type of what [function] results in for the other side; null when it is not declared in this style. */
    fun resultOf(function: DeclaredFunction): KType?

    /** Calls a remote function; the result is that of the method which the caller of a proxy called. */
    fun call(call: TypedCall): Any?

    /** Serves a call with an implementation. [run] calls its method with the arguments and, after them, what it is given. */
    suspend fun serve(run: (more: Array<Any?>) -> Any?): Any?
}

/**
 * One call of a function of a proxy.
 *
 * @property entry the method that was called.
 * @property continuation what its caller passed after the arguments.
 */
internal class TypedCall(
    private val service: RemoteService,
    private val path: String,
    private val result: Passing,
    val entry: MethodEntry,
    private val args: List<Any?>,
    private val kwargs: Map<String, Any?>,
    val continuation: Any?,
) {
    suspend fun await(): Any? = result.receive(service.call(path, result.received, args, kwargs))

    @Suppress("UNCHECKED_CAST") // Only asked for when the result is a stream.
    fun stream(): Flow<Any?> = flow { emitAll(service[path].stream(result.received as Shape<Flow<Any?>>, args, kwargs)) }
}

/** `suspend fun f(…): R` */
internal object SuspendingStyle : CallStyle {
    override fun resultOf(function: DeclaredFunction): KType? = function.result.takeIf { function.isSuspending }

    /** A result that is there at once is returned as methods return; one that comes later goes to the continuation as it is. */
    @Suppress("UNCHECKED_CAST") // The compiler passes the continuation of the caller last.
    override fun call(call: TypedCall): Any? {
        val result = suspending(call.continuation as Continuation<Any?>) { call.await() }
        return if (result === COROUTINE_SUSPENDED) result else call.entry.returned(result)
    }

    override suspend fun serve(run: (more: Array<Any?>) -> Any?): Any? = suspendCoroutineUninterceptedOrReturn<Any?> { run(arrayOf(it)) }
}

/** `fun f(…): Flow<T>`: the call is made when the flow is collected, once for every collector. */
internal object StreamingStyle : CallStyle {
    override fun resultOf(function: DeclaredFunction): KType? =
        function.result.takeIf { !function.isSuspending && it.classifier == Flow::class && !it.isMarkedNullable }

    override fun call(call: TypedCall): Any? = call.stream()

    override suspend fun serve(run: (more: Array<Any?>) -> Any?): Any? = run(emptyArray())
}
