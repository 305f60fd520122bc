package io.hypha.rpc.fuzz

import io.hypha.rpc.HyphaException
import io.hypha.rpc.wire.allocatedBy

/** The value that [block] gives, or null when it refuses its input in a way that callers can name. Whatever else it throws is a finding. */
internal fun <T> orRefusal(block: () -> T): Outcome<T> =
    try {
        Outcome(block(), null)
    } catch (e: HyphaException) {
        Outcome(null, e)
    }

/** What came of an input: a [value], or the [refusal] of it. */
internal class Outcome<T>(
    val value: T?,
    val refusal: HyphaException?,
) {
    val isValue: Boolean get() = refusal == null
}

/** Fails the test when [holds] does not. */
internal fun demand(
    holds: Boolean,
    what: () -> String,
) {
    if (!holds) throw AssertionError(what())
}

/**
 * Runs [block] and fails the test when it allocates more than [bytes] of input may cost. What comes of a class being loaded, and instrumented,
 * is no cost of the input, so an expensive run is repeated.
 */
internal fun withinCostOf(
    bytes: Int,
    block: () -> Unit,
) {
    val bound = COST_OF_AN_INPUT + COST_OF_A_BYTE * bytes
    var allocated = 0L
    repeat(MOST_RUNS) {
        allocated = allocatedBy(block)
        if (allocated <= bound) return
    }
    throw AssertionError("an input of $bytes bytes cost $allocated bytes of memory, which is more than $bound")
}

private const val MOST_RUNS = 3
private const val COST_OF_AN_INPUT = 500_000L
private const val COST_OF_A_BYTE = 1000L
