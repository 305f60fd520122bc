package io.hypha.rpc.conformance.faults

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicIntegerArray

/** How often each piece of work was done, and what its caller believes of that: a few bytes for each, so that there is room for hours of it. */
internal class WorkRecord {
    private val pages = ConcurrentHashMap<Int, AtomicIntegerArray>()
    private val count = AtomicInteger()

    /** What a caller may be certain of. */
    enum class Certainty { None, Ran, DidNotRun }

    /** A new piece of work. */
    fun begin(): Int = count.getAndIncrement()

    /** It was done, once more. */
    fun done(number: Int) = add(number, 1)

    /** The call for it has ended. */
    fun end(
        number: Int,
        certainty: Certainty,
    ) = add(number, certainty.ordinal shl CERTAINTY)

    /** What was done twice, or was done although its caller was certain that it was not, or the other way round. */
    fun wrong(): List<String> =
        (0 until count.get()).mapNotNull { number ->
            val entry = page(number).get(number % PAGE)
            val runs = entry and RUNS
            val certainty = Certainty.entries[entry shr CERTAINTY]
            val isRight =
                when (certainty) {
                    Certainty.None -> runs <= 1
                    Certainty.Ran -> runs == 1
                    Certainty.DidNotRun -> runs == 0
                }
            if (isRight) null else "work $number ran $runs times, of which its caller is certain: $certainty"
        }

    /** Nobody asks any more. */
    fun forget() {
        count.set(0)
        pages.clear()
    }

    private fun add(
        number: Int,
        amount: Int,
    ) {
        page(number).addAndGet(number % PAGE, amount)
    }

    private fun page(number: Int) = pages.computeIfAbsent(number / PAGE) { AtomicIntegerArray(PAGE) }

    private companion object {
        const val PAGE = 4096
        const val CERTAINTY = 16
        const val RUNS = (1 shl CERTAINTY) - 1
    }
}
