package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.auth.HubProblem
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicReference
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration

/**
 * One login, from its start until a program has fetched the token.
 *
 * @property key whoever knows it can complete the login, and fetch its token.
 * @property request what the program wants.
 * @property end when the session is over.
 */
internal class LoginSession(
    val key: String,
    val request: LoginRequest,
    val end: ComparableTimeMark,
) {
    private val outcome = CompletableDeferred<LoginOutcome>()
    private val newest = AtomicReference<CompletableDeferred<Unit>?>()
    private val attempts = AtomicInteger()

    /** The time that is left. */
    val left: Duration get() = -end.elapsedNow()

    /** What the login led to, if it is complete. */
    @OptIn(ExperimentalCoroutinesApi::class)
    val outcomeNow: LoginOutcome? get() = if (outcome.isCompleted) outcome.getCompleted() else null

    /** Waits for the end of the login; null when it does not come in time. Whoever asked before and was cut off asks again: the last one waits. */
    suspend fun await(timeout: Duration): LoginOutcome? {
        val mine = CompletableDeferred<Unit>()
        newest.getAndSet(mine)?.complete(Unit)
        return withTimeoutOrNull(minOf(timeout, left)) {
            select {
                outcome.onAwait { it }
                mine.onAwait { throw HubProblem("RuntimeError", "Another check of the same login has taken over") }
            }
        }
    }

    /** Completes the login; false when it is complete already. */
    fun complete(result: LoginOutcome): Boolean = outcome.complete(result)

    /** Ends the login without a token, and every wait for one. */
    fun abandon() {
        outcome.completeExceptionally(HubProblem("RuntimeError", "The hub is stopping"))
    }

    /** Counts a form before it is looked at: of those that are sent at the same time no more count than of others. False after too many. */
    fun attempt(): Boolean = attempts.incrementAndGet() <= MOST_ATTEMPTS

    /** Takes back [attempt]: it was not the person who failed. */
    fun forgive() {
        attempts.decrementAndGet()
    }

    /** Whether no more forms are looked at. */
    val isExhausted: Boolean get() = attempts.get() >= MOST_ATTEMPTS

    /** Does not name the key. */
    override fun toString(): String = "LoginSession"

    private companion object {
        const val MOST_ATTEMPTS = 5
    }
}
