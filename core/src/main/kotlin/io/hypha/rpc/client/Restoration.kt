package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.service.Service
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.concurrent.Volatile
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/**
 * Tells a server, over a new link, what it has to know of this client (protocol §1.10): its services in the order of their registration, the
 * built-in one first, and which events it wants. What the server does not take at once is tried again while messages flow already, so that
 * one service never holds up the others for long.
 *
 * @param limit how long the server may take for the built-in service, for all the others together, and for the subscriptions. For one of
 *   the others it may take a third of that.
 */
internal class Restoration(
    private val manager: WorkspaceManager,
    private val registrations: Registrations,
    private val events: Events,
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
    private val limit: Duration,
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private val lock = Lock()
    private var retrying: Job? = null
    private val subscriptions get() = manager.subscriptions

    /** Types of events that the server has not taken. */
    private val lostTypes = LinkedHashSet<String>()

    /** Whether the time was over before all services were tried. */
    @Volatile
    private var isRushed = false

    /**
     * Restores everything, or as much as the server takes.
     *
     * @throws HyphaException when the server does not answer, or does not take the built-in service: then nothing of this client can be called.
     */
    suspend fun run() {
        val services =
            lock.withLock {
                retrying?.cancel()
                retrying = null
                lostTypes.clear()
                registrations.startOver()
            }
        allowingReadOnly { tell(registrations.builtIn, limit) }
        services(services)
        report()
        subscribe()
    }

    /** Has what was not restored tried again, over a link that takes all messages. */
    fun retryRest() {
        lock.withLock {
            retrying?.cancel()
            retrying = if (isDone()) null else scope.launch { retry() }
        }
    }

    private fun isDone() = registrations.missing.isEmpty() && missingTypes.isEmpty()

    private val missingTypes: List<String> get() = lock.withLock { lostTypes.toList() }

    private suspend fun services(all: List<Service>) {
        val begin = timeSource.markNow()
        isRushed = false
        for (service in all) {
            val left = limit - begin.elapsedNow()
            isRushed = !left.isPositive()
            // The server is as slow as that: everything else need not wait for the rest.
            if (isRushed) registrations.refuse(service) else restore(service, minOf(left, limit / PARTS))
        }
    }

    private suspend fun restore(
        service: Service,
        limit: Duration,
    ) {
        try {
            tell(service, limit)
        } catch (e: ConnectionClosedException) {
            throw e
        } catch (
            // Its description comes from code of the user's as well.
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            currentCoroutineContext().ensureActive()
            logger.log(
                HyphaLogger.Level.Warn,
                "the server has not taken the service '${service.id}' back; it is tried again: ${e.message}",
                null,
            )
            registrations.refuse(service)
        }
    }

    private suspend fun tell(
        service: Service,
        limit: Duration,
    ) = registrations.restore(service) { call("register_service", it, limit) }

    /** Also a server that says again and again that it is at it is not waited for any longer. */
    private suspend fun call(
        function: String,
        argument: Any?,
        limit: Duration,
    ) {
        withTimeoutOrNull(limit) { manager.restore(function, argument) }
            ?: throw CallTimeoutException("the server gave no answer to $function within $limit")
    }

    private fun report() {
        val missing = registrations.missing
        val total = registrations.total
        val data = mapOf("total" to total.toLong(), "registered" to (total - missing.size).toLong(), "failed" to missing)
        events.tell(LocalEvents.SERVICES_REGISTERED, data)
    }

    private suspend fun subscribe() {
        val types = subscriptions.wanted
        if (types.isEmpty()) return
        try {
            allowingReadOnly { call("subscribe", types, limit) }
        } catch (e: ConnectionClosedException) {
            throw e
        } catch (e: HyphaException) {
            // One of them may be at fault for all.
            logger.debug { "the server refused the subscriptions, they are tried one by one: ${e.message}" }
            lock.withLock { lostTypes += types }
        }
    }

    /** A client with a read-only token can call, but neither register nor subscribe (protocol §15.1, Q4). */
    private suspend fun allowingReadOnly(action: suspend () -> Unit) {
        try {
            action()
        } catch (e: PermissionDeniedException) {
            logger.debug { "a read-only token: ${e.message}" }
        }
    }

    private suspend fun retry() {
        var wait = if (isRushed) Duration.ZERO else FirstWait
        repeat(MOST_RETRIES) {
            delay(wait)
            wait = (wait * 2).coerceIn(FirstWait, LongestWait)
            retryServices()
            retryTypes()
            if (isDone()) return
        }
        val left = (registrations.missing + missingTypes).joinToString()
        logger.log(HyphaLogger.Level.Error, "the server does not take back $left; it is asked again after the next reconnection", null)
    }

    /** All at once: what the server takes its time over holds up none of the others. */
    private suspend fun retryServices() {
        val before = registrations.missing
        if (before.isEmpty()) return
        coroutineScope { for (id in before) launch { trying("the service '$id'") { registrations.retry(id) } } }
        if (registrations.missing.size < before.size) report()
    }

    private suspend fun retryTypes() {
        for (type in missingTypes) {
            val isUnwanted = type !in subscriptions.wanted
            if (isUnwanted || trying("the subscription to '$type'") { manager.call<Any?>("subscribe", listOf(type)) }) {
                lock.withLock { lostTypes -= type }
            }
        }
    }

    private suspend fun trying(
        what: String,
        action: suspend () -> Unit,
    ): Boolean =
        try {
            action()
            true
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            currentCoroutineContext().ensureActive()
            logger.debug { "the server still has not taken $what back: ${e.message}" }
            false
        }

    private companion object {
        /** About ten minutes. */
        const val MOST_RETRIES = 15
        const val PARTS = 3
        val FirstWait = 1.seconds
        val LongestWait = 60.seconds
    }
}
