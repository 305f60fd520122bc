package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlin.time.Duration

/**
 * Ends a call whose provider is silent for the whole [timeout], counted from the moment that the message left and from every
 * heartbeat anew (protocol §3.5).
 */
internal class SilenceTimer(
    private val scope: CoroutineScope,
    private val timeout: Duration,
    private val onSilence: () -> Unit,
) {
    private val lock = Lock()
    private var running: Job? = null
    private var state = State.Waiting

    /** The message has left: the silence begins. */
    fun start() {
        lock.withLock {
            if (state == State.Waiting && timeout.isFinite()) {
                state = State.Running
                launchTimer()
            }
        }
    }

    /** A heartbeat: the silence begins anew. */
    fun restart() {
        lock.withLock { if (state == State.Running) launchTimer() }
    }

    /** The call has ended. */
    fun stop() {
        lock.withLock {
            state = State.Stopped
            running?.cancel()
            running = null
        }
    }

    private fun launchTimer() {
        running?.cancel()
        running =
            scope.launch(start = CoroutineStart.UNDISPATCHED) {
                delay(timeout)
                onSilence()
            }
    }

    private enum class State { Waiting, Running, Stopped }
}
