package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive

/** What [action] fails with, if it does. Cancellation goes on as one. */
internal suspend fun failureOf(action: suspend () -> Unit): HyphaException? =
    try {
        action()
        null
    } catch (e: HyphaException) {
        e
    } catch (
        // Transports, and the descriptions of services, are code of others; nobody would make another link if this got out of here. Nor for an
        // error: a machine that is out of threads or memory for a moment has some later.
        @Suppress("TooGenericExceptionCaught") e: Throwable,
    ) {
        currentCoroutineContext().ensureActive()
        ConnectionClosedException("failed in an unexpected way: ${e::class.simpleName}", e)
    }

/** Why [life] is over. Whatever gets out of it ends the connection as well: one that nobody reads must not look alive. */
internal suspend fun causeOf(
    logger: HyphaLogger,
    life: suspend () -> HyphaException,
): HyphaException =
    try {
        life()
    } catch (
        @Suppress("TooGenericExceptionCaught") e: Throwable,
    ) {
        currentCoroutineContext().ensureActive()
        logger.log(HyphaLogger.Level.Error, "a fault of this library ends the connection", e)
        ConnectionClosedException("the connection failed in an unexpected way: ${e::class.simpleName}", e)
    }
