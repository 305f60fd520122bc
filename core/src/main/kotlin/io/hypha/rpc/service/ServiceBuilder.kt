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

    /**
     * Announces to other clients that all functions use the caller's context (protocol §9.1). Handlers here have it in any case, as
     * `context`, and nobody can send another: a keyword argument `context` is dropped, unless it is a parameter of the function.
     */
    public var requireContext: Boolean = false

    /**
     * Other workspaces that may find and call a protected service; null or an empty list for none. Register the service again with
     * `overwrite = true` to change it. Others do not see the list.
     */
    public var authorizedWorkspaces: List<String>? = null

    /**
     * Where the handlers run, such as `Dispatchers.IO` for blocking ones; by default where the connection runs. It holds no `Job`: a handler
     * is cancelled with its call.
     */
    public var coroutineContext: CoroutineContext = EmptyCoroutineContext

    private val extra = linkedMapOf<String, Any?>()
    private val contextNames = linkedSetOf<String>()

    /** Announces that the functions [names] use the caller's context, nested ones with dots: `requireContext("a", "math.b")`. */
    public fun requireContext(vararg names: String) {
        require(names.isNotEmpty()) { "requireContext() names no function; for all of them write requireContext = true" }
        contextNames += names
    }

    /** Any further entry of the service's `config`, kept and returned as it is (protocol §7.2). */
    public fun config(
        key: String,
        value: Any?,
    ) {
        val property = properties[key]
        require(property == null) { "'$key' is said by the property $property" }
        require(key != "workspace") { "'workspace' is known when the service is registered" }
        require(key !in interfaceKeys) { "'$key' is for interface objects, which set it themselves" }
        extra[key] = value
    }

    internal fun build(): Service {
        members.keys.forEach(::requireFreeName)
        require(description.orEmpty().length <= MAX_DESCRIPTION) { "a service's description has at most $MAX_DESCRIPTION characters" }
        requireNoInterface(members)
        val badMark = type.firstOrNull { it in "/:@|" }
        require(badMark == null) { "the service type '$type' holds '$badMark'" }
        require(coroutineContext[Job] == null) { "a service's coroutineContext holds no Job; use minusKey(Job)" }
        require(authorizedWorkspaces == null || visibility == Visibility.Protected) {
            "authorizedWorkspaces is for protected services; this one is ${visibility.wireName}"
        }
        authorizedWorkspaces?.forEach(::requireWorkspaceId)
        val contextRule = ContextRule(requireContext, contextNames.toList())
        val config = ServiceConfig(visibility, contextRule, authorizedWorkspaces?.toList(), extra.toMap())
        val service = Service(id, name, type, description, docs, config, members.toMap(), coroutineContext)
        contextRule.requireKnown(service.functions.keys.mapTo(linkedSetOf()) { it.removePrefix("services.$id.") })
        return service
    }

    private fun requireNoInterface(members: Map<String, Any?>) {
        for ((name, member) in members) {
            require(member !is InterfaceObject) { "'$name' is an interface object, which is lent to one client: return it from a function" }
            groupOf(member)?.let(::requireNoInterface)
        }
    }

    internal companion object {
        const val GENERIC: String = "generic"
        private const val MAX_DESCRIPTION = 1024
        private val interfaceKeys = setOf("_local_only", "_rintf_allowed_caller")
        private val properties =
            mapOf(
                "visibility" to "visibility",
                "require_context" to "requireContext",
                "authorized_workspaces" to "authorizedWorkspaces",
            )
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
