package io.hypha.rpc.benchmarks.codec

import org.openjdk.jmh.results.RunResult

/** One thing that both libraries did: `encodeHypha` and `encodeCore` of one class. */
internal class Comparison private constructor(
    private val name: String,
    private val ours: RunResult,
    private val theirs: RunResult,
) {
    override fun toString(): String =
        "| %s | %s | %s | %s | %,.0f | %,.0f |".format(
            name,
            short(micros(ours)),
            short(micros(theirs)),
            short(micros(theirs) / micros(ours)),
            allocated(ours),
            allocated(theirs),
        )

    companion object {
        private const val OURS = "Hypha"
        private const val THEIRS = "Core"
        private const val NANOS_PER_MICRO = 1000

        fun of(results: Collection<RunResult>): List<Comparison> {
            val byName = results.associateBy { it.params.benchmark.substringAfterLast("codec.") }
            return byName.keys.filter { it.endsWith(OURS) }.sorted().map { name ->
                val base = name.removeSuffix(OURS)
                Comparison(base, byName.getValue(name), byName.getValue(base + THEIRS))
            }
        }

        private fun micros(result: RunResult) = result.primaryResult.score / NANOS_PER_MICRO

        private fun allocated(result: RunResult) = result.secondaryResults.getValue("gc.alloc.rate.norm").score

        /** Three digits are all that a short run can tell. */
        private fun short(value: Double) = if (value < 10) "%.2f".format(value) else "%,.0f".format(value)
    }
}
