package io.hypha.rpc.leaks

import java.lang.management.ManagementFactory
import javax.management.ObjectName

/**
 * The objects that something still referred to at one moment, class by class.
 *
 * @param histogram as one text, so that keeping it adds two objects to the next count and not thousands.
 */
internal class LiveObjects private constructor(
    private val histogram: String,
) {
    /** How many of each class. */
    fun counts(): Map<String, Int> {
        val counts = HashMap<String, Int>()
        for (line in histogram.lineSequence()) {
            val (count, name) = row.matchEntire(line)?.destructured ?: continue
            counts.merge(name.substringBefore("/0x"), count.toInt(), Int::plus)
        }
        return counts
    }

    companion object {
        private val diagnostics = ObjectName("com.sun.management:type=DiagnosticCommand")
        private val row = Regex("""\s*\d+:\s+(\d+)\s+\d+\s+(\S+).*""")

        /** Collects all garbage and counts what is left. */
        fun count(): LiveObjects {
            val server = ManagementFactory.getPlatformMBeanServer()
            val histogram =
                server.invoke(
                    diagnostics,
                    "gcClassHistogram",
                    arrayOf(emptyArray<String>()),
                    arrayOf(Array<String>::class.java.name),
                )
            return LiveObjects(histogram as String)
        }
    }
}
