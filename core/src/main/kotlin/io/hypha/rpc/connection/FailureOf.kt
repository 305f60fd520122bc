package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
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
