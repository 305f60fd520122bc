package io.hypha.rpc.connection

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Asks for the token to connect with, and for another one before it ends.
 *
 * @param ask whatever the user has given to ask; null from it stands for an anonymous user.
 * @param patience how long one answer may take.
 * @param epochSeconds the time of day; tokens end at one.
 */
internal class TokenRenewal(
    private val ask: suspend () -> String?,
    private val patience: Duration,
    private val epochSeconds: () -> Long,
    private val logger: HyphaLogger,
) {
    /** A token of this moment; an [AuthenticationException] says what kept the provider from giving one. */
    suspend fun fresh(): String? {
        var isAnswered = false
        val token =
            try {
                withTimeoutOrNull(patience) { ask().also { isAnswered = true } }
            } catch (
                @Suppress("TooGenericExceptionCaught") e: Throwable,
            ) {
                // A time-out within the provider is a failure of it, and so is an error: nobody reads the link any more when one gets out of here.
                // Only the cancellation of this coroutine goes on as one.
                currentCoroutineContext().ensureActive()
                // Its own message stays in the cause: who knows what it quotes.
                throw AuthenticationException("the token provider failed with ${e::class.simpleName}", e)
            }
        if (!isAnswered) throw AuthenticationException("the token provider gave no answer within $patience")
        if (token != null && token.isBlank()) throw AuthenticationException("the token provider gave an empty token; null is for none")
        return token
    }

    /**
     * Hands fresh tokens to [take] before the one that there is ends, as long as it is known when they do.
     *
     * @param expiry when the first token ends, in epoch seconds.
     */
    suspend fun keepFresh(
        expiry: Long,
        take: (String) -> Unit,
    ) {
        var end = expiry
        while (true) {
            awaitEnd(end)
            end = laterThan(end, take) ?: return
        }
    }

    /** The end of a token that ends later than [end]; null when there is one that does not say when it ends. */
    private suspend fun laterThan(
        end: Long,
        take: (String) -> Unit,
    ): Long? {
        while (true) {
            val token = freshOrNull()
            if (token != null) {
                take(token)
                val next = expiryOf(token) ?: return null
                if (next > end) return next
            }
            // A provider without anything newer is asked again, but not without rest.
            delay(RetryInterval)
        }
    }

    private suspend fun freshOrNull(): String? =
        try {
            fresh()
        } catch (e: HyphaException) {
            // Without its cause: what the provider threw may quote a token.
            logger.log(
                HyphaLogger.Level.Warn,
                "no fresh token: ${e.message}; the one there is stays, and the provider is asked again in $RetryInterval",
                null,
            )
            null
        }

    /** Suspends until [end] is near. Looks at the clock again and again: while a machine sleeps, its delays stand still. */
    private suspend fun awaitEnd(end: Long) {
        val lead = ((end - epochSeconds()) / 2).coerceIn(0, LONGEST_LEAD)
        while (true) {
            val left = end - lead - epochSeconds()
            if (left <= 0) return
            delay(minOf(left, LONGEST_WAIT).seconds)
        }
    }

    private companion object {
        /** Five minutes before the end, or halfway to it when that is later. */
        const val LONGEST_LEAD = 300L
        const val LONGEST_WAIT = 60L
        val RetryInterval = 30.seconds
    }
}
