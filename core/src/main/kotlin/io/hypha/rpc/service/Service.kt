package io.hypha.rpc.service

import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.value.ValueFormat
import kotlin.concurrent.Volatile
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
    private val coroutineContext: CoroutineContext = EmptyCoroutineContext,
) {
    /** Every function by its full path. */
    internal val functions: Map<String, LocalFunction> =
        buildMap {
            val prefix = "services.$id"
            collect(prefix, members) { path, function ->
                val usesContext = config.contextRule.appliesTo(path.substring(prefix.length + 1))
                put(path, function.with(coroutineContext, dropsContext = usesContext))
            }
        }

    /** What was made for the last format that asked; mostly there is only one. */
    @Volatile
    private var schemas: ServiceSchemas? = null

    /** The schemas of its members, made once for each connection that offers it. */
    internal fun schemas(format: ValueFormat): ServiceSchemas =
        schemas?.takeIf { it.format === format } ?: ServiceSchemas(this, format).also { schemas = it }

    /** The same service with [members]. */
    internal fun with(members: Map<String, Any?>): Service = Service(id, name, type, description, docs, config, members, coroutineContext)

    /** The same service under another id. */
    internal fun withId(id: String): Service =
        if (id == this.id) this else Service(id, name, type, description, docs, config, members, coroutineContext)

    private fun collect(
        path: String,
        members: Map<String, Any?>,
        onFunction: (String, LocalFunction) -> Unit,
    ) {
        for ((name, member) in members) {
            when (member) {
                is LocalFunction -> onFunction("$path.$name", member)
                else -> groupOf(member)?.let { collect("$path.$name", it, onFunction) }
            }
        }
    }

    override fun toString(): String = "Service($id)"
}

/** Whether there is a function among [members], or in a group of them. */
internal fun holdsFunction(members: Map<String, Any?>): Boolean =
    members.values.any { it is LocalFunction || groupOf(it)?.let(::holdsFunction) == true }

/** [member] when it is a map of further members; maps with other keys than text are values like any other. */
@Suppress("UNCHECKED_CAST")
internal fun groupOf(member: Any?): Map<String, Any?>? =
    (member as? Map<String, Any?>)?.takeIf { map -> (map as Map<*, *>).keys.all { it is String } }
