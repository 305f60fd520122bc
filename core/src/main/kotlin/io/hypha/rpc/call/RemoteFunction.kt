package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.value.HyphaDecoder
import io.hypha.rpc.value.HyphaEncoder
import io.hypha.rpc.value.Referable
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlin.time.Duration

/**
 * A function of another client. Calling it suspends until the reply is there; cancelling the caller ends the call, and providers
 * that can be told stop working on it.
 *
 * A member of a service stays valid as long as the service does. A callback that came as an argument can be called until the call
 * that it came with returns. A function that came as a result can be called until it is unused for ten minutes.
 *
 * All calls may fail with a [HyphaException][io.hypha.rpc.HyphaException]; safe for use from any thread.
 */
@OptIn(InternalHyphaApi::class)
@Serializable(with = RemoteFunctionSerializer::class)
public class RemoteFunction internal constructor(
    private val endpoint: RpcEndpoint,
    internal val reference: MethodReference,
    private val parent: String?,
    private val order: SendOrder?,
    internal val local: LocalFunction?,
    private val timeout: Duration? = null,
) : Referable {
    /** The name that its owner gave it, if any. */
    public val name: String? get() = reference.name

    /** What its owner says that it does, if anything. */
    public val doc: String? get() = reference.doc

    /** Its parameters as its owner describes them (protocol §4.7), if it does. */
    public val schema: Map<String, Any?>? get() = reference.schema

    /** Where what outlives a caller runs: until the connection ends. */
    internal val scope: CoroutineScope get() = endpoint.scope

    internal val logger: HyphaLogger get() = endpoint.logger

    /** The same function with another limit for how long its provider may be silent; `Duration.INFINITE` for no limit. */
    public fun withTimeout(silence: Duration): RemoteFunction {
        require(silence.isPositive()) { "a timeout must be longer than nothing, not $silence" }
        return RemoteFunction(endpoint, reference, parent, order, local, silence)
    }

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
        val request =
            CallRequest(
                target = reference.target,
                path = reference.path,
                args = args,
                kwargs = kwargs,
                parent = parent,
                order = order,
                timeout = timeout,
                cancels = reference.cancels,
                expectsReply = reference.expectsReply,
            )
        val own = local
        return if (own != null) {
            endpoint.loopback.call(own, request, serializer)
        } else {
            endpoint.outgoing.call(request) { reader, references -> endpoint.format.read(serializer, reader, references) }
        }
    }

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
    ): Flow<T> = flow { emitAll(call(result, args, kwargs)) }

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
