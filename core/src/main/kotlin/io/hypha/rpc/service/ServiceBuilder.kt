package io.hypha.rpc.service

import kotlinx.coroutines.Job
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/** Defines a service: its properties and its members. */
@HyphaDsl
public class ServiceBuilder internal constructor(
    private val id: String,
) : MembersBuilder() {
    /** The name to show; the id by default. */
    public var name: String = id

    /** What kind of service it is, for queries; `generic` by default. No `/ : @ |`. */
    public var type: String = GENERIC

    /** What it is for, up to 1,024 characters. */
    public var description: String? = null

    /** Longer documentation. */
    public var docs: String? = null

    /** Who may find and call it; [Visibility.Protected] by default. */
    public var visibility: Visibility = Visibility.Protected

    /** Announces to other clients that the functions use the caller's context. Handlers here have it in any case. */
    public var requireContext: Boolean = false

    /** Other workspaces that may find and call a protected service; null for none. */
    public var authorizedWorkspaces: List<String>? = null

    /**
     * Where the handlers run, such as `Dispatchers.IO` for blocking ones; by default where the connection runs. It holds no `Job`: a handler
     * is cancelled with its call.
     */
    public var coroutineContext: CoroutineContext = EmptyCoroutineContext

    private val extra = linkedMapOf<String, Any?>()

    /** Any further entry of the service's `config`, kept and returned as it is (protocol §7.2). */
    public fun config(
        key: String,
        value: Any?,
    ) {
        require(key !in ownKeys) { "'$key' has a property of its own, or is known when the service is registered" }
        extra[key] = value
    }

    internal fun build(): Service {
        members.keys.forEach(::requireFreeName)
        require(description.orEmpty().length <= MAX_DESCRIPTION) { "a service's description has at most $MAX_DESCRIPTION characters" }
        val badMark = type.firstOrNull { it in "/:@|" }
        require(badMark == null) { "the service type '$type' holds '$badMark'" }
        require(coroutineContext[Job] == null) { "a service's coroutineContext holds no Job; use minusKey(Job)" }
        require(authorizedWorkspaces == null || visibility == Visibility.Protected) {
            "authorizedWorkspaces is for protected services; this one is ${visibility.wireName}"
        }
        val config = ServiceConfig(visibility, requireContext, authorizedWorkspaces, extra.toMap())
        return Service(id, name, type, description, docs, config, members.toMap(), coroutineContext)
    }

    internal companion object {
        const val GENERIC: String = "generic"
        private const val MAX_DESCRIPTION = 1024
        private val ownKeys = setOf("visibility", "require_context", "authorized_workspaces", "workspace")
    }
}

/** Defines a service that is registered later: `registerService(service("id") { … })` is the same as `registerService("id") { … }`. */
public fun service(
    id: String,
    build: ServiceBuilder.() -> Unit,
): Service {
    requireServiceId(id)
    return ServiceBuilder(id).apply(build).build()
}
