package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.connection.Connection
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.concurrent.Volatile
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/**
 * Finds out whether messages still reach this client. A server can forget a client whose socket is open and answers every ping, when another
 * one wants its id (protocol §15.1, Q1): nobody would ever call it again. So when nothing but the answers to pings has come for a minute, the
 * client sends itself a message through the server: four small frames a minute, there and back, and only while it is idle. When the server
 * forgot it, its link counts as lost.
 */
internal class SelfCheck(
    private val client: Client,
    private val endpoint: RpcEndpoint,
    private val connection: Connection,
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private val lock = Lock()
    private var begun: ComparableTimeMark? = null
    private var repaired: ComparableTimeMark? = null

    /** Whether a message to itself ever arrived: there may be servers that deliver none. */
    @Volatile
    private var hasWorked = false

    /** Checks itself whenever it was idle for long. */
    suspend fun watch(messages: () -> Long) {
        while (true) {
            val before = messages()
            delay(Quiet)
            if (messages() == before && begins()) check(isSuspected = false)
        }
    }

    /** Somebody says that the server has forgotten this client. That may be a lie, so it costs no more than a check now and then. */
    fun run() {
        if (begins()) scope.launch { check(isSuspected = true) }
    }

    private fun begins(): Boolean =
        lock.withLock {
            val last = begun
            val isDue = connection.state.value is ConnectionState.Connected && (last == null || last.elapsedNow() >= Rest)
            if (isDue) begun = timeSource.markNow()
            isDue
        }

    private suspend fun check(isSuspected: Boolean) {
        val link = connection.madeLinks
        val finding = finding(isSuspected) ?: return
        val isDue = connection.madeLinks == link && connection.state.value is ConnectionState.Connected && mayRepair()
        if (!isDue) return
        logger.log(HyphaLogger.Level.Warn, "messages to this client do not arrive any more, so its link counts as lost: $finding", null)
        connection.lose("messages to this client do not arrive any more")
    }

    /** What is wrong, if anything is. */
    private suspend fun finding(isSuspected: Boolean): String? =
        try {
            client.callBuiltIn(endpoint.me, "ping", shape<Any?>(), "ping", timeout = if (isSuspected) Haste else Patience)
            hasWorked = true
            null
        } catch (e: PeerGoneException) {
            e.message
        } catch (e: ConnectionClosedException) {
            e.message
        } catch (e: CallTimeoutException) {
            if (hasWorked || isSuspected) e.message else null
        } catch (e: HyphaException) {
            // Also a refusal is an answer of its own.
            logger.debug { "this client has answered to itself: ${e.message}" }
            null
        }

    private fun mayRepair(): Boolean =
        lock.withLock {
            val last = repaired
            val isDue = last == null || last.elapsedNow() >= Quiet
            if (isDue) repaired = timeSource.markNow()
            isDue
        }

    private companion object {
        val Quiet = 1.minutes

        /** Between two checks. */
        val Rest = 10.seconds
        val Patience = 20.seconds
        val Haste = 5.seconds
    }
}
