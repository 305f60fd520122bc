package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.Refusal
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Lets only so many connections be set up at a time (protocol §1.3, step 4). */
internal class Admission(
    slots: Int = 10,
    private val patience: Duration = 30.seconds,
) {
    private val free = Semaphore(slots)

    /** Runs [setUp] as soon as there is a slot, or refuses when it takes too long. */
    suspend fun <T> admit(setUp: suspend () -> T): T {
        withTimeoutOrNull(patience) { free.acquire() } ?: throw Refusal(Refusal.TRY_LATER, "Server busy, please retry")
        try {
            return setUp()
        } finally {
            free.release()
        }
    }
}
