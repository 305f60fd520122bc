package io.hypha.rpc.client

import kotlinx.coroutines.DisposableHandle

/** The events of one type for one coroutine, which takes them at its own pace without holding up others. */
internal class EventInbox(
    private val waiting: EventQueue<HyphaEvent>,
    private val listener: EventListener,
) : DisposableHandle {
    /** The next event; null when there will be none, because the connection has ended. */
    suspend fun next(): HyphaEvent? = waiting.next()

    override fun dispose() {
        listener.dispose()
        waiting.close()
    }
}
