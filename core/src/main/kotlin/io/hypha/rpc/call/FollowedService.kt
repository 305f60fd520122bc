package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlin.concurrent.Volatile

/**
 * A service that is looked up again, in the way in which it was found, when a call proves that it is no longer where it was (protocol §7.7).
 *
 * @property lookUp finds it: its tree, with the functions as they were received.
 */
internal class FollowedService private constructor(
    private val scope: CoroutineScope,
    private val lookUp: suspend () -> Map<String, Any?>,
    first: Map<String, Any?>,
) {
    private val lock = Lock()
    private var renewal: Deferred<Edition>? = null

    /** What it was when it was last looked up. */
    @Volatile
    var edition: Edition = editionOf(first)
        private set

    /**
     * The service as it is now, when [seen] has turned out to be outdated. However many calls find that out at a time, it is looked up once,
     * and not by one of them: a caller that gives up takes the answer from none of the others.
     */
    suspend fun renewed(seen: Edition?): Edition {
        val running =
            lock.withLock {
                edition.let { if (it !== seen) return it }
                renewal ?: scope.async(start = CoroutineStart.LAZY) { renew() }.also { renewal = it }
            }
        try {
            return running.await()
        } catch (e: CancellationException) {
            currentCoroutineContext().ensureActive()
            throw ConnectionClosedException("Connection is closed", e)
        }
    }

    private suspend fun renew(): Edition {
        try {
            val found = editionOf(lookUp())
            edition = found
            return found
        } finally {
            lock.withLock { renewal = null }
        }
    }

    private fun editionOf(tree: Map<String, Any?>): Edition {
        val functions = HashMap<String, RemoteFunction>()
        val stamp = Any()
        val entries = tree.mapValues { (name, member) -> placed(name, member, stamp, functions) }
        return Edition(stamp, entries, functions)
    }

    /** [member] with every function in it knowing its place. */
    private fun placed(
        path: String,
        member: Any?,
        stamp: Any,
        functions: MutableMap<String, RemoteFunction>,
    ): Any? =
        when {
            member is RemoteFunction -> {
                member.at(FollowedFunction(this, path, stamp)).also { functions[path] = it }
            }

            member is List<*> && member.any(::mayHoldFunctions) -> {
                member.mapIndexed { index, item -> placed("$path.$index", item, stamp, functions) }
            }

            member is Map<*, *> && member.keys.all { it is String } && member.values.any(::mayHoldFunctions) -> {
                member.entries.associate { (name, item) -> name to placed("$path.$name", item, stamp, functions) }
            }

            else -> {
                member
            }
        }

    private fun mayHoldFunctions(member: Any?) = member is RemoteFunction || member is Map<*, *> || member is List<*>

    /**
     * The service between two look-ups.
     *
     * @property stamp tells editions apart; the functions of an edition carry it.
     * @property entries everything in it, each function in its place.
     * @property functions all functions by their dotted names.
     */
    class Edition(
        val stamp: Any,
        val entries: Map<String, Any?>,
        val functions: Map<String, RemoteFunction>,
    ) {
        /** The function at [path]; nothing is sent when there is none. */
        fun require(path: String): RemoteFunction =
            functions[path]
                ?: throw MethodNotFoundException(
                    "service ${entries["id"]} was found again, but has no function '$path' any more; " +
                        "it has ${functions.keys.sorted().joinToString()}",
                )
    }

    companion object {
        /** Looks a service up for the first time. */
        suspend fun find(
            scope: CoroutineScope,
            lookUp: suspend () -> Map<String, Any?>,
        ): FollowedService = FollowedService(scope, lookUp, lookUp())
    }
}
