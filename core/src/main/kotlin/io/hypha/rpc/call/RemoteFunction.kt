package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.value.HyphaDecoder
import io.hypha.rpc.value.HyphaEncoder
import io.hypha.rpc.value.Referable
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration

/**
 * A function of another client. Calling it suspends until the reply is there; cancelling the caller ends the call, and providers
 * that can be told stop working on it.
 *
 * A member of a service stays valid as long as the service does, and follows it when it was looked up: see
 * [RemoteService][io.hypha.rpc.service.RemoteService]. A callback that came as an argument can be called until the call
 * that it came with returns. A function that came as a result can be called until it is unused for ten minutes.
 *
 * All calls may fail with a [HyphaException][io.hypha.rpc.HyphaException]; safe for use from any thread.
 */
@OptIn(InternalHyphaApi::class)
@Serializable(with = RemoteFunctionSerializer::class)
public class RemoteFunction internal constructor(
    private val endpoint: RpcEndpoint,
    private val received: MethodReference,
    private val parent: String?,
    private val order: SendOrder?,
    private val own: LocalFunction?,
    private val timeout: Duration? = null,
    private val place: FollowedFunction? = null,
    private val progress: ProgressListener? = null,
) : Referable {
    /** Where it is now. */
    internal val reference: MethodReference get() = newest.received

    /** The function itself, when it is one of this client. */
    internal val local: LocalFunction? get() = newest.own

    private val newest: RemoteFunction get() = place?.successor() ?: this

    /** The context of the connection through which it came. */
    @InternalHyphaApi
    public val connectionContext: CoroutineContext get() = endpoint.scope.coroutineContext

    /** The name that its owner gave it, if any. */
    public val name: String? get() = reference.name

    /** What its owner says that it does, if anything. */
    public val doc: String? get() = reference.doc

    /** Its parameters as its owner describes them (protocol §4.7), if it does. */
    public val schema: Map<String, Any?>? get() = reference.schema

    /** Where what outlives a caller runs: until the connection ends. */
    internal val scope: CoroutineScope get() = endpoint.scope

    internal val logger: HyphaLogger get() = endpoint.logger

    /** How the connection that it belongs to writes and reads values. */
    internal val format: ValueFormat get() = endpoint.format

    /**
     * This function, if the client [client] (`workspace/client`) offers it itself in its service [service]; null for a function of somebody
     * else, which a service may hold too. It follows the service nowhere, for it could lead to others there.
     */
    @InternalHyphaApi
    public fun ownedBy(
        client: String,
        service: String,
    ): RemoteFunction? {
        val now = newest
        val isOwn = now.received.target == client && now.received.path.startsWith("services.$service.")
        return if (isOwn) RemoteFunction(endpoint, now.received, now.parent, now.order, now.own, timeout, null, progress) else null
    }

    /** The same function with another limit for how long its provider may be silent; `Duration.INFINITE` for no limit. */
    public fun withTimeout(silence: Duration): RemoteFunction {
        require(silence.isPositive()) { "a timeout must be longer than nothing, not $silence" }
        return with(timeout = silence)
    }

    /**
     * The same function with calls that tell [listener] how much of their arguments the provider has, when these are too long for one frame:
     * first nothing, last all, as long as the call does not fail before. It hears one report at a time, in a coroutine of the connection; while
     * it is busy reports are left out, and only for the last one the call waits. What it throws is logged and changes nothing. A call that is
     * repeated begins anew.
     */
    public fun onProgress(listener: suspend (TransferProgress) -> Unit): RemoteFunction = with(progress = listener)

    /**
     * The same function with calls that may run twice without harm, such as those that only read. They are repeated once, after the service
     * has been looked up again, also when the provider left or fell silent before it answered. A call whose stream or byte source the
     * provider has begun to read is not repeated. Only functions of services that are followed are: others stay as they are.
     */
    public fun idempotent(): RemoteFunction = if (place == null || place.isIdempotent) this else at(place.idempotent())

    /** The same function, as a member of a service that is followed. */
    internal fun at(place: FollowedFunction): RemoteFunction = with(place = place)

    /** The same function with another name in its schema. */
    internal fun renamed(name: String): RemoteFunction = with(received = received.renamed(name))

    private fun with(
        received: MethodReference = this.received,
        timeout: Duration? = this.timeout,
        place: FollowedFunction? = this.place,
        progress: ProgressListener? = this.progress,
    ) = RemoteFunction(endpoint, received, parent, order, own, timeout, place, progress)

    /** Calls it and decodes the result without a type: see the values that this library reads. */
    public suspend operator fun invoke(vararg args: Any?): Any? = call(shape<Any?>(), args.asList(), emptyMap())

    /** Calls it and decodes the result as [R]. Keyword arguments are for peers that know the names of their parameters. */
    public suspend inline fun <reified R> call(
        vararg args: Any?,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R = call(shape<R>(), args.asList(), kwargs)

    /** Calls it and decodes the result as [result] says. */
    public suspend fun <R> call(
        result: Shape<R>,
        args: List<Any?>,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R {
        val serializer = endpoint.format.serializer(result)
        val edition = place?.service?.edition
        val target = if (edition == null) this else place?.successorIn(edition) ?: this
        val request = target.request(args, kwargs, timeout, progress, place, edition)
        val own = target.own
        return if (own != null) endpoint.loopback.call(own, request, serializer) else send(request, serializer)
    }

    private suspend fun <R> send(
        request: CallRequest,
        serializer: DeserializationStrategy<R>,
    ): R = endpoint.outgoing.call(request) { reader, references -> endpoint.format.read(serializer, reader, references) }

    /** A call of exactly this function. */
    internal fun request(
        args: List<Any?>,
        kwargs: Map<String, Any?>,
        timeout: Duration?,
        progress: ProgressListener? = null,
        place: FollowedFunction? = null,
        edition: FollowedService.Edition? = null,
    ): CallRequest =
        CallRequest(
            target = received.target,
            path = received.path,
            args = args,
            kwargs = kwargs,
            parent = parent,
            order = order,
            timeout = timeout,
            cancels = received.cancels,
            expectsReply = received.expectsReply,
            progress = progress,
            place = place,
            edition = edition,
        )

    /**
     * Calls it for every collector and emits the items of the stream that it returns. Each item is asked for when the collector wants it;
     * leaving early closes the remote generator.
     */
    public inline fun <reified T> stream(
        vararg args: Any?,
        kwargs: Map<String, Any?> = emptyMap(),
    ): Flow<T> = stream(shape<Flow<T>>(), args.asList(), kwargs)

    /** Calls it for every collector and emits the items of the stream that it returns, which is of the type [result]. */
    public fun <T> stream(
        result: Shape<Flow<T>>,
        args: List<Any?>,
        kwargs: Map<String, Any?> = emptyMap(),
    ): Flow<T> =
        flow {
            val place = place
            if (place == null || !place.isIdempotent || local != null) {
                emitAll(call(result, args, kwargs))
            } else {
                emitRepeatable(place, result, args, kwargs)
            }
        }

    /** As long as nothing was emitted, the collector cannot tell a second call from the first. */
    private suspend fun <T> FlowCollector<T>.emitRepeatable(
        place: FollowedFunction,
        result: Shape<Flow<T>>,
        args: List<Any?>,
        kwargs: Map<String, Any?>,
    ) {
        val serializer = endpoint.format.serializer(result)
        val edition = place.service.edition
        // Without its place, so that the call that opens the stream is not repeated on its own besides.
        val request = (place.successorIn(edition) ?: this@RemoteFunction).request(args, kwargs, timeout, progress, edition = edition)
        var hasBegun = false
        val failure =
            try {
                send(request, serializer).collect {
                    hasBegun = true
                    emit(it)
                }
                return
            } catch (e: HyphaException) {
                if (hasBegun) throw e
                e
            }
        place.repeat(request, failure) { emitAll(send(it, serializer)) }
    }

    override fun toString(): String = "RemoteFunction(${reference.target}:${reference.path})"
}

/** Lets functions be members of serializable classes and parameters of handlers. */
@OptIn(InternalHyphaApi::class)
internal object RemoteFunctionSerializer : KSerializer<RemoteFunction> {
    @OptIn(kotlinx.serialization.InternalSerializationApi::class, kotlinx.serialization.ExperimentalSerializationApi::class)
    override val descriptor: SerialDescriptor = buildSerialDescriptor("io.hypha.rpc.RemoteFunction", SerialKind.CONTEXTUAL)

    override fun serialize(
        encoder: Encoder,
        value: RemoteFunction,
    ) {
        val hypha = encoder as? HyphaEncoder ?: throw EncodingException("a function can be sent only in a call")
        hypha.encodeReference(value, null)
    }

    override fun deserialize(decoder: Decoder): RemoteFunction {
        val hypha = decoder as? HyphaDecoder ?: throw EncodingException("a function can be received only in a call")
        val value = hypha.decodeValue()
        return value as? RemoteFunction
            ?: throw EncodingException("expected a function, got ${value?.let { it::class.simpleName } ?: "nil"}")
    }
}
