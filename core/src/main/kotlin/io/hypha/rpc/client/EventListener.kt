package io.hypha.rpc.client

import kotlinx.coroutines.DisposableHandle

/** Listens to events until it is disposed. */
public class EventListener internal constructor(
    internal val type: String,
    internal val isOnce: Boolean,
    internal val handler: suspend (HyphaEvent) -> Unit,
    private val onDispose: (EventListener) -> Unit,
) : DisposableHandle {
    /** Stops listening; doing so again changes nothing. */
    override fun dispose() {
        onDispose(this)
    }
}
