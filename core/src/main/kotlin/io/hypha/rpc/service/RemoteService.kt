package io.hypha.rpc.service

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.FollowedService
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.WireAlias
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Serializable
import kotlin.time.Duration

/**
 * A service of another client. Its functions are called by name, with dots for nested ones (`math.mul`). It can be passed on to others.
 *
 * A service that was looked up (`getService`, `getServiceOf`) follows its provider. When a call proves that the provider is gone from where
 * it was, or has the service no longer, the service is looked up again in the way in which it was found, and the call is repeated once; later
 * calls go to the new place at once, also those of functions that were taken from this object before. Only a call that certainly did not run
 * is repeated ([HyphaException.didNotRun][io.hypha.rpc.HyphaException.didNotRun]): it was refused in the protocol's own words, or could not be
 * delivered. Never one that timed out, or whose provider left while it ran; see [idempotent] for those. A repeated call passes its callbacks
 * and streams anew, nobody has used them. A stream is asked for again before its first item at most. When the service is not found again the
 * call fails with its own error, which has the failed look-up among the suppressed ones.
 *
 * An interface object of another client (protocol §4.5) is one as well: [dispose] or [close] tell its owner that it is no longer needed.
 * For a service that was registered they do nothing, so a handle of one needs not be closed.
 */
@Serializable(with = RemoteServiceSerializer::class)
public class RemoteService internal constructor(
    private val received: Map<String, Any?>,
    private val followed: FollowedService? = null,
    private val timeout: Duration? = null,
    private val isIdempotent: Boolean = false,
    private val onClose: (() -> Unit)? = null,
) : WireAlias,
    AutoCloseable {
    private val disposal: RemoteDisposal?
        get() = (entries[InterfaceRegistration.DISPOSE] as? RemoteFunction)?.let(RemoteDisposal::of)

    /** Everything in it as it was received: functions as [RemoteFunction], nested groups as maps, constants as values. */
    public val entries: Map<String, Any?> get() = followed?.edition?.entries ?: received

    /** The full id, `workspace/client:service`; of an interface object the id that its owner gave it, `_rintf_…`. */
    public val id: String get() = (entries[InterfaceRegistration.ID_KEY] ?: entries["id"]) as? String ?: ""

    /** The name to show. */
    public val name: String? get() = entries["name"] as? String

    /** What kind of service it is. */
    public val type: String? get() = entries["type"] as? String

    /** What it is for. */
    public val description: String? get() = entries["description"] as? String

    /** Longer documentation. */
    public val docs: Any? get() = entries["docs"]

    /** Its `config` (protocol §7.2). */
    public val config: Map<String, Any?> get() = textKeys(entries["config"])

    override val wireValue: Any get() = entries

    /** The same service with another limit for how long a provider may be silent; `Duration.INFINITE` for no limit. */
    public fun withTimeout(silence: Duration): RemoteService {
        require(silence.isPositive()) { "a timeout must be longer than nothing, not $silence" }
        return RemoteService(received, followed, silence, isIdempotent, onClose)
    }

    /**
     * The same service with calls that may run twice without harm, such as those that only read: they are repeated once also when the
     * provider left or fell silent before it answered. See [RemoteFunction.idempotent].
     */
    public fun idempotent(): RemoteService = RemoteService(received, followed, timeout, isIdempotent = true, onClose)

    /** The same service, whose [close] runs [action]; for transports that open a connection for it. */
    @InternalHyphaApi
    public fun onClose(action: () -> Unit): RemoteService = RemoteService(received, followed, timeout, isIdempotent, action)

    /**
     * The function [name].
     *
     * @throws MethodNotFoundException when the service has none of that name; nothing was sent.
     */
    public operator fun get(name: String): RemoteFunction {
        val function =
            find(name) as? RemoteFunction
                ?: throw MethodNotFoundException("service $id has no function '$name'; it has ${functionNames().joinToString()}")
        val patient = if (timeout == null) function else function.withTimeout(timeout)
        return if (isIdempotent) patient.idempotent() else patient
    }

    /** The constant, group or function [name]; null when there is none. */
    public fun value(name: String): Any? = find(name)

    /** The names of all functions, nested ones with dots. */
    public fun functionNames(): List<String> = namesIn("", entries - InterfaceRegistration.DISPOSE)

    /** Calls the function [name] and decodes the result as [R]. */
    public suspend inline fun <reified R> call(
        name: String,
        vararg args: Any?,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R = get(name).call(shape<R>(), args.asList(), kwargs)

    /** Calls the function [name] and decodes the result as [result] says. */
    public suspend fun <R> call(
        name: String,
        result: Shape<R>,
        args: List<Any?>,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R = get(name).call(result, args, kwargs)

    /**
     * Calls the function [name] for every collector and emits the items of the stream that it returns. Each item is asked for when the
     * collector wants it; leaving early closes the remote generator.
     */
    public inline fun <reified T> stream(
        name: String,
        vararg args: Any?,
        kwargs: Map<String, Any?> = emptyMap(),
    ): Flow<T> = get(name).stream(shape<Flow<T>>(), args.asList(), kwargs)

    /**
     * Has the owner of an interface object forget it. A second time is fine, also when the owner has forgotten it already or is gone.
     *
     * @throws io.hypha.rpc.HyphaException when the owner could not be told.
     */
    public suspend fun dispose() {
        disposal?.await()
    }

    /**
     * The same as [dispose] without waiting for it: returns at once, and tells the owner as long as the connection lasts. Of a service for
     * which a connection was opened, as `getRemoteService(url)` does, it ends that connection.
     */
    override fun close() {
        disposal?.start()
        onClose?.invoke()
    }

    private fun find(name: String): Any? =
        name.split('.').fold(entries as Any?) { node, step ->
            when (node) {
                is Map<*, *> -> node[step]
                is List<*> -> step.toIntOrNull()?.let(node::getOrNull)
                else -> null
            }
        }

    private fun namesIn(
        prefix: String,
        members: Map<*, *>,
    ): List<String> =
        members.entries.flatMap { (name, member) ->
            when (member) {
                is RemoteFunction -> listOf("$prefix$name")
                is Map<*, *> -> namesIn("$prefix$name.", member)
                else -> emptyList()
            }
        }

    override fun toString(): String = "RemoteService($id)"
}
