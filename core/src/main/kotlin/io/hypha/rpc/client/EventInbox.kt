package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import kotlinx.coroutines.DisposableHandle

/**
 * The events of one type for one coroutine, which takes them at its own pace: it holds up nobody, and no handler holds it up.
 *
 * @property since the number of the last event that is not for it any more.
 */
internal class EventInbox(
    val type: String,
    val since: Long,
    logger: HyphaLogger,
    private val onDispose: (EventInbox) -> Unit,
) : DisposableHandle {
    private val waiting = EventQueue<HyphaEvent>(logger, "events of '$type' for a slow collector", { it.context?.from }) { it.size }

    fun offer(event: HyphaEvent) {
        waiting.offer(event)
    }

    /** The next event; null when there will be none, because the connection has ended. */
    suspend fun next(): HyphaEvent? = waiting.next()

    /** There will be no more events. */
    fun close() {
        waiting.close()
    }

    override fun dispose() {
        onDispose(this)
        close()
    }
}
