package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.auth.HubProblem
import java.security.SecureRandom
import java.util.Base64
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * The logins that are under way. Safe for all threads.
 *
 * @param life how long a login may take.
 * @param most how many there may be at a time: anybody can start one.
 */
internal class LoginSessions(
    private val life: Duration,
    private val clock: TimeSource.WithComparableMarks = TimeSource.Monotonic,
    private val most: Int = 1000,
) {
    private val random = SecureRandom()
    private val sessions = ConcurrentHashMap<String, LoginSession>()
    private var isClosed = false

    /** A new session, with a key that nobody can guess. */
    @Synchronized
    fun start(request: LoginRequest): LoginSession {
        sessions.values.removeIf { it.end.hasPassedNow() }
        if (isClosed) throw HubProblem("RuntimeError", "The hub is stopping")
        if (sessions.size >= most) throw HubProblem("RuntimeError", "Too many logins are under way; try again in some minutes")
        val key = Base64.getUrlEncoder().withoutPadding().encodeToString(ByteArray(KEY_BYTES).also(random::nextBytes))
        return LoginSession(key, request, clock.markNow() + life).also { sessions[key] = it }
    }

    /** The session of [key]; null when there is none, or it is over. */
    fun find(key: String): LoginSession? {
        val session = sessions[key] ?: return null
        if (!session.end.hasPassedNow()) return session
        remove(session)
        return null
    }

    /** Forgets a session; true for the first who does. */
    fun remove(session: LoginSession): Boolean = sessions.remove(session.key, session)

    /** Ends all of them: who waits for a token over HTTP would not notice otherwise that the hub stops. */
    @Synchronized
    fun close() {
        isClosed = true
        sessions.values.forEach { it.abandon() }
        sessions.clear()
    }

    private companion object {
        const val KEY_BYTES = 32
    }
}
