package io.hypha.rpc.call

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineScope
import kotlin.time.Duration
import kotlin.time.TimeSource

/** The sessions of one endpoint. It is their only owner: what is not in here can no longer be called. */
internal class SessionTable(
    private val scope: CoroutineScope,
    private val timeSource: TimeSource.WithComparableMarks,
    private val ids: IdSource,
) {
    private val lock = Lock()
    private val sessions = HashMap<String, Session>()
    private val results = SharedRoom(MAX_RESULTS, Long.MAX_VALUE)

    /** Those of results, by their caller and the session of its call. */
    private val answering = HashMap<Pair<String, String>, Session>()

    fun count(): Count {
        val all = lock.withLock { sessions.values.toList() }
        val calls = all.count { it.call != null }
        return Count(calls, results = all.size - calls, streams = all.sumOf { it.streamCount })
    }

    /** What there is: sessions of [calls] of ours, all others, and the streams in them. */
    class Count(
        val calls: Int,
        val results: Int,
        val streams: Int,
    )

    /** Opens the session of [call], or when there is none, of the result of the call that has the session [answers] at its caller. */
    fun open(
        target: String,
        call: OutgoingCall? = null,
        answers: String? = null,
        onClose: () -> Unit = {},
    ): Session {
        val session = Session(ids.next(), target, call, answers, ids, onClose) { SerialQueue(scope) }
        session.lastActivity = timeSource.markNow()
        lock.withLock {
            sessions[session.id] = session
            if (answers != null) answering[target to answers] = session
        }
        return session
    }

    /**
     * Opens the session of a result for [target], whose call has the session [answers] there.
     *
     * @throws OverloadedException when there are too many that nobody has done with.
     */
    fun openResult(
        target: String,
        answers: String? = null,
    ): Session {
        takeRoom(target)
        return open(target, answers = answers) { results.free(target, 0) }
    }

    /**
     * Takes room for one thing of a result that is exported into [session], which is there already.
     *
     * @throws OverloadedException when there are too many that nobody has done with.
     */
    fun reserve(session: Session) {
        takeRoom(session.target)
        session.reserve { results.free(session.target, 0) }
    }

    private fun takeRoom(target: String) {
        if (!results.tryTake(target, 0)) {
            throw OverloadedException(
                "too many functions and streams of results are still in use; read or close them, or wait until they end",
            )
        }
    }

    /** The client that [session] is for calls into it: it counts as used from now on. */
    fun use(session: Session) {
        session.lastActivity = timeSource.markNow()
    }

    /** A call into [session] has ended; its idle time begins. */
    fun leave(session: Session) {
        session.lastActivity = timeSource.markNow()
        session.leave()
    }

    fun find(id: String): Session? = lock.withLock { sessions[id] }

    /** Takes [session] out and ends what is in it. True for the one that did. */
    fun close(session: Session): Boolean {
        val removed = lock.withLock { takeOut(session) }
        if (removed) session.close()
        return removed
    }

    /** Ends what there is for [caller] of the result of its call with the session [answered]. */
    fun closeResult(
        caller: String,
        answered: String,
    ) {
        lock.withLock { answering[caller to answered] }?.let(::close)
    }

    private fun takeOut(session: Session): Boolean {
        val wasIn = sessions.remove(session.id) != null
        val key = session.target to (session.answers ?: return wasIn)
        if (answering[key] === session) answering.remove(key)
        return wasIn
    }

    /** Takes out and ends every session that fits; returns them. */
    fun closeAll(matches: (Session) -> Boolean): List<Session> {
        val matching = lock.withLock { sessions.values.filter(matches).onEach(::takeOut) }
        matching.forEach(Session::close)
        return matching
    }

    /** How many there are for [peer]. */
    fun countFor(peer: String): Int = lock.withLock { sessions.values.count { it.target == peer } }

    /** Whose sessions fit. */
    fun targets(matches: (Session) -> Boolean): Set<String> =
        lock.withLock { sessions.values.filter(matches).mapTo(HashSet(), Session::target) }

    /** Ends the sessions of results that nobody called into for [idle] (protocol §3.9). */
    fun sweep(idle: Duration) {
        closeAll { it.call == null && !it.isBusy && (it.lastActivity?.elapsedNow() ?: Duration.ZERO) >= idle }
    }

    private companion object {
        /** How many results may hold live functions or streams, for all peers together. */
        const val MAX_RESULTS = 65_536
    }
}
