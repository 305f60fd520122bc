package io.hypha.rpc.client

import io.hypha.rpc.call.CallRequest
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape

/**
 * The server's own service: everything that concerns a workspace (protocol §8). Its functions are called by their name on the wire, such
 * as `list_clients`.
 */
public class WorkspaceManager internal constructor(
    private val endpoint: RpcEndpoint,
    private val address: String,
) {
    /** Calls the function [name] and decodes the result as [R]. */
    public suspend inline fun <reified R> call(
        name: String,
        vararg args: Any?,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R = call(name, shape<R>(), args.asList(), kwargs)

    /** Calls the function [name] and decodes the result as [result] says. */
    public suspend fun <R> call(
        name: String,
        result: Shape<R>,
        args: List<Any?>,
        kwargs: Map<String, Any?> = emptyMap(),
    ): R {
        val serializer = endpoint.format.serializer(result)
        val request = CallRequest(address, "services.default.$name", args, kwargs)
        return endpoint.outgoing.call(request) { reader, references -> endpoint.format.read(serializer, reader, references) }
    }

    /** Has the events of [types] delivered to this client (protocol §10.2). */
    public suspend fun subscribe(vararg types: String) {
        call<Any?>("subscribe", types.asList())
    }

    /** Ends the delivery of the events of [types]. */
    public suspend fun unsubscribe(vararg types: String) {
        call<Any?>("unsubscribe", types.asList())
    }

    override fun toString(): String = "WorkspaceManager($address)"
}
