package io.hypha.rpc.leaks

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent

/**
 * Does something over and over, many at a time, and looks whether anything is left of it.
 *
 * @param clients whose sessions and coroutines are counted.
 * @param settle lets end by itself what takes time to do so.
 * @param atOnce how many are under way at a time.
 * @param warmUp how many of them load classes and fill caches first.
 */
internal class Endurance(
    private val test: TestScope,
    private val clients: List<HyphaConnection>,
    private val settle: suspend () -> Unit = {},
    private val atOnce: Int = 50,
    private val warmUp: Int = 500,
) {
    /** Does [step] a few times, counts, does it [times] times, and counts again. */
    suspend fun shouldLeaveNothing(
        times: Int,
        step: suspend (number: Int) -> Unit,
    ) {
        val warmUp = minOf(warmUp, times)
        perform(0 until warmUp, step)
        val before = Inventory.take(clients)
        perform(warmUp until warmUp + times, step)
        val growth = Inventory.take(clients).growthSince(before, times)
        withClue(growth.take(MOST_LINES).joinToString("\n")) { growth.size shouldBe 0 }
    }

    @OptIn(ExperimentalCoroutinesApi::class)
    private suspend fun perform(
        numbers: IntRange,
        step: suspend (number: Int) -> Unit,
    ) {
        for (batch in numbers.chunked(atOnce)) coroutineScope { batch.forEach { launch { step(it) } } }
        test.runCurrent()
        settle()
        test.runCurrent()
    }

    private companion object {
        const val MOST_LINES = 30
    }
}

/** As fast as can be: how clients keep within the limits of a server is for other tests. */
internal val unpaced: HyphaOptions.() -> Unit = { messageRate = 0.0 }
