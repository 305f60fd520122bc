package io.hypha.rpc.client

import io.hypha.rpc.call.CallRequest
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.callRepeatably
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape
import kotlin.time.Duration

/**
 * The server's own service: everything that concerns a workspace (protocol §8). What people use most are functions with types, such as
 * [listClients]; every other one is called by its name on the wire.
 */
public class WorkspaceManager internal constructor(
    private val endpoint: RpcEndpoint,
    private val address: () -> String,
    private val awaitOpen: suspend () -> Unit,
) {
    internal val subscriptions =
        Subscriptions(endpoint.scope, endpoint.logger) { function, types -> call<Any?>(function, types) }

    /** Calls the function [name] and decodes the result as [R]. */
    public suspend inline fun <reified R> call(
        name: String,
        vararg args: Any?,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R = call(name, shape<R>(), args.asList(), kwargs)

    /**
     * Calls the function [name] and decodes the result as [result] says. When the connection is lost before the server has answered, a
     * function that only reads, or that sets something once and for all, is called again over the next link.
     */
    public suspend fun <R> call(
        name: String,
        result: Shape<R>,
        args: List<Any?>,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R {
        val serializer = endpoint.format.serializer(result)
        return endpoint.outgoing.callRepeatably(
            request = {
                // Only then it is known which server it goes to.
                awaitOpen()
                CallRequest(address(), "services.default.$name", args, kwargs, isRepeatable = name in repeatable)
            },
        ) { reader, references -> endpoint.format.read(serializer, reader, references) }
    }

    /** Calls the function [name] over a link that is not open to other messages yet, and waits for as long as the caller does. */
    internal suspend fun restore(
        name: String,
        argument: Any?,
    ) {
        val path = "services.default.$name"
        val request = CallRequest(address(), path, listOf(argument), timeout = Duration.INFINITE, urgency = Urgency.Restoration)
        endpoint.outgoing.call(request) { reader, _ -> reader.skip() }
    }

    /**
     * Has broadcasts of [types] delivered to this client: events of the server, and those that clients send to `*` (protocol §10.2).
     * [HyphaConnection.events] and [HyphaConnection.subscribe] can do so themselves, for as long as somebody listens.
     *
     * @throws io.hypha.rpc.HyphaException when a type is not allowed, such as one that begins like another workspace.
     */
    public suspend fun subscribe(vararg types: String) {
        subscriptions.subscribe(requireTypes(types))
    }

    /** Ends what [subscribe] began; types that others who listen at this connection still want go on being delivered. */
    public suspend fun unsubscribe(vararg types: String) {
        subscriptions.unsubscribe(requireTypes(types))
    }

    private fun requireTypes(types: Array<out String>): List<String> {
        require(types.isNotEmpty() && types.none(String::isBlank)) { "give the types of events, none of them blank" }
        return types.asList()
    }

    override fun toString(): String = "WorkspaceManager(${address()})"

    private companion object {
        /**
         * What changes nothing when it runs twice: it only reads, or sets what stays as it is. The functions of the protocol that are missing
         * here add something each time (protocol §8.1).
         */
        val repeatable =
            setOf(
                "register_service",
                "unregister_service",
                "subscribe",
                "unsubscribe",
                "echo",
                "get_service",
                "get_service_info",
                "list_services",
                "search_services",
                "list_clients",
                "ping",
                "get_service_type",
                "list_service_types",
                "list_workspaces",
                "get_workspace_info",
                "get_summary",
                "check_status",
                "get_env",
                "get_events",
                "get_event_stats",
                "parse_token",
            )
    }
}
