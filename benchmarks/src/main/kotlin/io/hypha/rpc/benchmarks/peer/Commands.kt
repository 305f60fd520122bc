package io.hypha.rpc.benchmarks.peer

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.withContext
import kotlin.coroutines.CoroutineContext

/**
 * Does what the lines on stdin say, until stdin ends: `calls`, `arrays` or `items`, each with how many at a time and for how many
 * milliseconds, answered by how many were done in how many nanoseconds; or `allocated`, answered by a number of bytes. The JavaScript
 * processes understand the same lines.
 */
internal class Commands(
    private val load: Load?,
    private val context: CoroutineContext = Dispatchers.Default,
) {
    /** Says [greeting] and serves. */
    suspend fun serve(greeting: String) {
        println("ready $greeting")
        while (true) {
            val words = (withContext(Dispatchers.IO) { readlnOrNull() } ?: return).split(' ')
            println(if (words[0] == "allocated") AllocatedBytes.total() else measured(words[0], words[1].toInt(), words[2].toLong()))
        }
    }

    private suspend fun measured(
        what: String,
        inFlight: Int,
        millis: Long,
    ): String {
        val load = checkNotNull(load) { "a provider makes no calls" }
        val start = System.nanoTime()
        val end = start + millis * NANOS_PER_MILLI
        val counts =
            withContext(context) {
                List(inFlight) {
                    when (what) {
                        "calls" -> repeated(end, load::call)
                        "arrays" -> repeated(end, load::array)
                        else -> async { load.items(end) }
                    }
                }.awaitAll()
            }
        return "${counts.sum()} ${System.nanoTime() - start}"
    }

    private fun CoroutineScope.repeated(
        end: Long,
        step: suspend () -> Unit,
    ) = async {
        var count = 0
        while (System.nanoTime() < end) {
            step()
            count++
        }
        count
    }

    private companion object {
        const val NANOS_PER_MILLI = 1_000_000
    }
}
