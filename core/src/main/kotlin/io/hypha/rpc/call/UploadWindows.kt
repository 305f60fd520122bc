package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.Urgency
import kotlin.time.TimeSource

/** The windows of the peers to which long messages are on their way. */
internal class UploadWindows(
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private val lock = Lock()
    private val windows = HashMap<Key, Shared>()

    /** How many there are. */
    val size: Int get() = lock.withLock { windows.size }

    /**
     * Runs [use] with the window of all messages to [target] of that [urgency]: one that may leave while others have to wait for the
     * restoration must not wait for them.
     */
    suspend fun <R> use(
        target: String,
        urgency: Urgency,
        use: suspend (UploadWindow) -> R,
    ): R {
        val key = Key(target, urgency)
        val shared = lock.withLock { windows.getOrPut(key) { Shared(UploadWindow(timeSource)) }.also { it.users++ } }
        try {
            return use(shared.window)
        } finally {
            lock.withLock { if (--shared.users == 0) windows.remove(key) }
        }
    }

    private data class Key(
        val target: String,
        val urgency: Urgency,
    )

    private class Shared(
        val window: UploadWindow,
    ) {
        var users = 0
    }
}
