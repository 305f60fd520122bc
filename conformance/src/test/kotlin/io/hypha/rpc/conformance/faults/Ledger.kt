package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import kotlinx.coroutines.CancellationException
import java.util.TreeMap
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.LongAdder

/** How calls ended. */
internal class Ledger {
    private val started = LongAdder()
    private val ended = LongAdder()
    private val outcomes = ConcurrentHashMap<String, ConcurrentHashMap<String, LongAdder>>()

    /** What must not be: wrong results, and failures without a name of this library. */
    val problems = ConcurrentLinkedQueue<Throwable>()

    /** Calls of functions that must not run twice. */
    val work = WorkRecord()

    val calls: Long get() = started.sum()
    val running: Long get() = started.sum() - ended.sum()
    val succeeded: Long get() = outcomes.values.sumOf { it[OK]?.sum() ?: 0 }

    /** Makes a call of the kind [kind], which checks its own result; every failure but cancellation ends here. */
    suspend fun enter(
        kind: String,
        call: suspend () -> Unit,
    ): Throwable? {
        started.increment()
        try {
            call()
            count(kind, OK)
            return null
        } catch (e: CancellationException) {
            count(kind, "cancelled")
            throw e
        } catch (e: HyphaException) {
            count(kind, e::class.simpleName.orEmpty())
            return e
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            count(kind, "WRONG ${e::class.simpleName}")
            problems.add(AssertionError("a call of the kind '$kind'", e))
            return e
        } finally {
            ended.increment()
        }
    }

    private fun count(
        kind: String,
        outcome: String,
    ) = outcomes.computeIfAbsent(kind) { ConcurrentHashMap() }.computeIfAbsent(outcome) { LongAdder() }.increment()

    /** One line for each kind of call. */
    override fun toString(): String =
        TreeMap(outcomes).entries.joinToString("\n") { (kind, ends) ->
            val failures = TreeMap(ends).filterKeys { it != OK }.entries.joinToString(", ") { "${it.key} ${it.value}" }
            "%-12s %8d ok  %s".format(kind, ends[OK]?.sum() ?: 0, failures)
        }

    private companion object {
        const val OK = "ok"
    }
}
