package io.hypha.rpc.service

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.MessageRouter
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.value.shape
import io.hypha.rpc.wire.Bytes

/** The service that every client provides (protocol §7.8): liveness, its other services, and the pieces of long messages. */
internal class BuiltInService(
    private val endpoint: RpcEndpoint,
    private val router: MessageRouter,
    private val registry: ServiceRegistry,
) {
    fun definition(): Service =
        Service(
            id = ID,
            name = "Builtin services for ${endpoint.me}",
            type = ID,
            description = null,
            docs = null,
            config = ServiceConfig(Visibility.Public, ContextRule(isForAll = true), null, mapOf("api_version" to API_VERSION)),
            members = mapOf("ping" to ping(), "get_service" to getService(), "message_cache" to messageCache()),
        )

    private fun ping() =
        function("ping", "Answers that this client is alive", typedParam<String>("msg")) { (message) ->
            require(message == "ping") { "Invalid message: expected ping" }
            "pong"
        }

    private fun getService() =
        function("get_service", "Returns a service of this client", typedParam<String>("service_id")) { (id) ->
            val service = registry.find(id as String) ?: throw ServiceNotFoundException("Service not found: ${id.take(LONGEST_SHOWN)}")
            if (!registry.permission.allowsGet(service, context)) {
                throw PermissionDeniedException(registry.permission.refusalOfGet(service, context))
            }
            ServiceDescription(service, endpoint.workspace, endpoint.clientId, endpoint.format).toTree()
        }

    private fun messageCache(): Map<String, Any?> {
        val key = typedParam<String>("key")
        val heartbeat = typedParam("heartbeat", default = false)
        val data = typedParam<Bytes>("data")
        val functions =
            listOf(
                function("create", "Begins a long message", key, heartbeat, typedParam("overwrite", default = false)) {
                    beat(context, it[0], it[1])
                    endpoint.received.create(context.from, it[0] as String, it[2] as Boolean)
                },
                function("append", "Adds a piece at the end", key, data, heartbeat) {
                    beat(context, it[0], it[2])
                    endpoint.received.append(context.from, it[0] as String, it[1] as Bytes)
                },
                function("set", "Adds the piece of an index", key, typedParam<Int>("index"), data, heartbeat) {
                    beat(context, it[0], it[3])
                    endpoint.received.set(context.from, it[0] as String, it[1] as Int, it[2] as Bytes)
                },
                function("process", "Takes the message, now complete", key, heartbeat) {
                    beat(context, it[0], it[1])
                    router.routeLong(endpoint.received.take(context.from, it[0] as String), context)
                },
                function("remove", "Forgets a message", key) { endpoint.received.remove(context.from, it[0] as String) },
            )
        return functions.associateBy { it.name }
    }

    /** A piece of a reply is as good as a heartbeat of the call that waits for it (protocol §6.2). */
    private fun beat(
        caller: CallContext,
        key: Any?,
        isHeartbeat: Any?,
    ) {
        if (isHeartbeat == true) {
            val session = endpoint.sessions.find(key as String)?.takeIf { it.target == caller.from }
            requireNotNull(session) { "session does not exist anymore: ${key.take(LONGEST_SHOWN)}" }.call?.heartbeat()
        }
    }

    /** Surplus arguments are ignored: JavaScript sends `ping` a second one (protocol §15.2, Q20). */
    private fun function(
        name: String,
        description: String,
        vararg parameters: Parameter,
        handler: suspend CallScope.(Array<Any?>) -> Any?,
    ) = LocalFunction(name, description, parameters.asList(), shape<Any?>(), ignoresSurplus = true) {
        handler(it).takeUnless { result -> result == Unit }
    }

    companion object {
        const val ID: String = "built-in"
        private const val API_VERSION = 3

        /** What a refusal repeats of what a caller has given. */
        private const val LONGEST_SHOWN = 4096
    }
}
