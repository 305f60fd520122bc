package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlin.time.ComparableTimeMark

/**
 * A set of functions that one peer may call for a time: those passed as arguments live as long as the call, those returned as a
 * result until they are closed or idle for long (protocol §3.3, §3.9).
 *
 * @property target the only client that may call into this session.
 * @property call the outgoing call that this session belongs to; null for the session of a result.
 * @property answers for the session of a result, the session of the call at its caller, if that has one.
 */
internal class Session(
    val id: String,
    val target: String,
    val call: OutgoingCall?,
    val answers: String?,
    private val ids: IdSource,
    private val onClose: () -> Unit,
    private val queueOf: () -> SerialQueue,
) {
    private val lock = Lock()
    private var exports: MutableMap<String, Exported>? = null
    private var closed = false
    private var room: ReservedRoom? = null
    private var queue: SerialQueue? = null
    private var running = 0
    private var streams = false
    private var used = false

    /** The caller has given up: what is called in this session and has not begun yet does not begin any more. */
    @kotlin.concurrent.Volatile
    var isAbandoned: Boolean = false

    /** When a peer last called into it, or such a call last ended. */
    @kotlin.concurrent.Volatile
    var lastActivity: ComparableTimeMark? = null

    /** Whether a call into it is waiting or running: then it is not idle, however long the call takes. */
    val isBusy: Boolean get() = lock.withLock { running > 0 }

    val isEmpty: Boolean get() = lock.withLock { exports.isNullOrEmpty() }

    /** Whether there is a stream in it that somebody may still read. */
    val hasStreams: Boolean get() = lock.withLock { exports?.values.orEmpty().any { it is Exported.StreamPart } }

    /** How many streams there are in it: each can be closed in one way. */
    val streamCount: Int
        get() = lock.withLock { exports?.count { it.value is Exported.StreamPart && it.key.endsWith(CLOSE) } ?: 0 }

    /** Whether the peer ever called into it, replies apart. */
    val wasUsed: Boolean get() = lock.withLock { used }

    /** Whether there ever was a stream in it. */
    val hadStreams: Boolean get() = lock.withLock { streams }

    /** The queue on which calls into this session start. */
    fun queue(): SerialQueue = lock.withLock { queue ?: queueOf().also { queue = it } }

    /** The queue, if anything was ever called in this session. */
    fun queueOrNull(): SerialQueue? = lock.withLock { queue }

    /** The next thing that is exported has room, which [giveBack] gives back when it, or this session, is gone. */
    fun reserve(giveBack: () -> Unit) {
        val isOpen =
            lock.withLock {
                if (!closed) (room ?: ReservedRoom().also { room = it }).add(giveBack)
                !closed
            }
        if (!isOpen) giveBack()
    }

    /** Stores functions under ids that share a fresh stem, and returns the stem's path. */
    fun export(
        name: String,
        entries: (stem: String) -> List<Pair<String, Exported>>,
    ): String {
        val stem = ids.next() + "#" + name.replace('.', '_')
        val added = entries(stem)
        val kept =
            lock.withLock {
                streams = streams || added.any { it.second is Exported.StreamPart }
                if (!closed) {
                    (exports ?: HashMap<String, Exported>().also { exports = it }).putAll(added)
                    room?.take(stem)
                }
                !closed
            }
        if (!kept) added.forEach { it.second.release() }
        return "$id.$stem"
    }

    /** A call into it begins to wait for its turn. */
    fun enter() {
        lock.withLock {
            running++
            used = true
        }
    }

    /** A call into it has ended. */
    fun leave() {
        lock.withLock { running-- }
    }

    fun find(objectId: String): Exported? = lock.withLock { if (closed) null else exports?.get(objectId) }

    /** The function at [path] if it was ever in this session, also after the end: a result may hold what the call was given. */
    fun passed(path: String): LocalFunction? =
        if (path.substringBefore('.') ==
            id
        ) {
            lock.withLock { exports?.get(path.substringAfter('.')) }?.function
        } else {
            null
        }

    /** Suspends until what its functions have got so far is done, of those that have it waited for. */
    suspend fun awaitEarlier() {
        lock.withLock { exports?.values?.toList() }?.forEach { it.function.awaitEarlier?.invoke() }
    }

    fun remove(objectIds: List<String>) {
        val giveBack =
            lock.withLock {
                objectIds.forEach { exports?.remove(it) }
                objectIds.firstOrNull()?.let { room?.leave(it.substringBefore(PART)) }
            }
        giveBack?.invoke()
    }

    /** Ends everything in it; nothing can be called or added afterwards. */
    fun close() {
        var givenBack: List<() -> Unit>? = null
        val ended =
            lock.withLock {
                closed = true
                givenBack = room?.leaveAll()
                exports?.values?.toList()
            }
        onClose()
        givenBack?.forEach { it() }
        ended?.forEach(Exported::release)
    }

    companion object {
        /** How the ids of the functions end that close a stream. */
        const val CLOSE: String = ":close"

        /** What begins the name of a function within a thing that has several. */
        private const val PART = ':'
    }
}
