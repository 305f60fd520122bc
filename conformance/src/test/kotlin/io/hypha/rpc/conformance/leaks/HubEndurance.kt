package io.hypha.rpc.conformance.leaks

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.leaks.Inventory
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * Does something over and over at a real hub, some at a time, and looks whether anything is left of it: in the clients, and in the hub, which
 * runs in this process.
 */
internal class HubEndurance(
    private val clients: List<HyphaConnection> = emptyList(),
    private val atOnce: Int = 20,
    private val warmUp: Int = 200,
) {
    /** Does [step] some times, counts, does it [times] times, and counts until nothing is left, or for too long. */
    suspend fun shouldLeaveNothing(
        times: Int,
        step: suspend (number: Int) -> Unit,
    ) {
        val first = minOf(warmUp, times)
        perform(0 until first, step)
        val before = settled()
        perform(first until first + times, step)
        var growth = Inventory.take(clients).growthSince(before, times)
        // What was given up ends a few messages later.
        withTimeoutOrNull(Patience) {
            while (growth.isNotEmpty()) {
                delay(Pause)
                growth = Inventory.take(clients).growthSince(before, times)
            }
        }
        if (growth.isNotEmpty()) throw AssertionError(growth.take(MOST_LINES).joinToString("\n", "left behind:\n"))
    }

    /** The first count, when nothing of the warm-up is running any more: it would hide as much of what is left later. */
    private suspend fun settled(): Inventory {
        var last = Inventory.take(clients)
        while (true) {
            delay(Pause)
            val next = Inventory.take(clients)
            if (last.growthSince(next, 0).isEmpty()) return next
            last = next
        }
    }

    private suspend fun perform(
        numbers: IntRange,
        step: suspend (number: Int) -> Unit,
    ) {
        for (batch in numbers.chunked(atOnce)) coroutineScope { batch.forEach { launch { step(it) } } }
    }

    private companion object {
        val Patience = 20.seconds
        val Pause = 50.milliseconds
        const val MOST_LINES = 30
    }
}
