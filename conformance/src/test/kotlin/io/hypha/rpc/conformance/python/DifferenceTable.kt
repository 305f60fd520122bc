package io.hypha.rpc.conformance.python

import io.kotest.assertions.AssertionErrorBuilder

/** The allowed differences of a direction; remembers which of them occurred. */
internal class DifferenceTable(
    private val allowed: List<AllowedDifference>,
) {
    private val occurred = HashSet<AllowedDifference>()

    /** The reasons of the entries that nothing has needed so far. */
    val unused: List<String> get() = allowed.filter { it !in occurred }.map { it.reason }

    /** Fails when one of [differences] is not in the table. */
    fun check(differences: List<Difference>) {
        val surprising = differences.filter { difference -> allowed.none { it.fits(difference).also { fits -> if (fits) occurred += it } } }
        if (surprising.isNotEmpty()) AssertionErrorBuilder.fail(surprising.joinToString("\n", "not as recorded:\n"))
    }
}
