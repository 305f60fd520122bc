package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/** The definition of a service of this program, made by [service]. */
public class Service internal constructor(
    /** Its id within this client. */
    public val id: String,
    internal val name: String,
    internal val type: String,
    internal val description: String?,
    internal val docs: String?,
    internal val config: ServiceConfig,
    /** Functions, values, and maps of them. */
    internal val members: Map<String, Any?>,
    coroutineContext: CoroutineContext = EmptyCoroutineContext,
) {
    /** Every function by its full path. */
    internal val functions: Map<String, LocalFunction> =
        buildMap { collect("services.$id", members) { path, function -> put(path, function.with(coroutineContext)) } }

    private fun collect(
        path: String,
        members: Map<*, *>,
        onFunction: (String, LocalFunction) -> Unit,
    ) {
        for ((name, member) in members) {
            when (member) {
                is LocalFunction -> onFunction("$path.$name", member)
                is Map<*, *> -> collect("$path.$name", member, onFunction)
            }
        }
    }

    override fun toString(): String = "Service($id)"
}
