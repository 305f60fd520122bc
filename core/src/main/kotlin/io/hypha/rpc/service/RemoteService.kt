package io.hypha.rpc.service

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.WireAlias
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Serializable
import kotlin.time.Duration

/**
 * A service of another client. Its functions are called by name, with dots for nested ones (`math.mul`). The handle stays valid when the
 * provider reconnects, and can be passed on to others.
 *
 * An interface object of another client (protocol §4.5) is one as well: [dispose] or [close] tell its owner that it is no longer needed.
 * For a service that was registered they do nothing, so a handle of one needs not be closed.
 *
 * @property entries everything in it as it was received: functions as [RemoteFunction], nested groups as maps, constants as values.
 */
@Serializable(with = RemoteServiceSerializer::class)
public class RemoteService internal constructor(
    public val entries: Map<String, Any?>,
    private val timeout: Duration? = null,
) : WireAlias,
    AutoCloseable {
    private val disposal: RemoteDisposal?
        get() = (entries[InterfaceRegistration.DISPOSE] as? RemoteFunction)?.let(::RemoteDisposal)

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
    public val config: Map<String, Any?>
        get() = (entries["config"] as? Map<*, *>).orEmpty().entries.associate { (key, value) -> key.toString() to value }

    override val wireValue: Any get() = entries

    /** The same service with another limit for how long a provider may be silent; `Duration.INFINITE` for no limit. */
    public fun withTimeout(silence: Duration): RemoteService {
        require(silence.isPositive()) { "a timeout must be longer than nothing, not $silence" }
        return RemoteService(entries, silence)
    }

    /**
     * The function [name].
     *
     * @throws MethodNotFoundException when the service has none of that name; nothing was sent.
     */
    public operator fun get(name: String): RemoteFunction {
        val function =
            find(name) as? RemoteFunction
                ?: throw MethodNotFoundException("service $id has no function '$name'; it has ${functionNames().joinToString()}")
        return if (timeout == null) function else function.withTimeout(timeout)
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

    /** The same as [dispose] without waiting for it: returns at once, and tells the owner as long as the connection lasts. */
    override fun close() {
        disposal?.start()
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
