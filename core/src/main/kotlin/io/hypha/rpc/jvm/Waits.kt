package io.hypha.rpc.jvm

/** What every wait of the library for something of another client has in common. */
internal object Waits {
    /**
     * Waits with [action]: others may have the turn of this thread's callback meanwhile, and its executor is known to lack this thread.
     *
     * @throws IllegalStateException when this thread must not wait.
     */
    inline fun <T> during(crossinline action: () -> T): T {
        requireAllowed()
        return PoolThread.whileWaiting { Turn.whileAway { action() } }
    }

    /** Refuses to wait on threads that others depend on, before anything is sent. */
    fun requireAllowed() {
        refusal()?.let { throw IllegalStateException("a blocking call is refused here: $it") }
    }

    /** Why this thread must not wait; null when it may. */
    fun refusal(): String? = EventThreads.refusal() ?: AndroidMainThread.refusal()
}
