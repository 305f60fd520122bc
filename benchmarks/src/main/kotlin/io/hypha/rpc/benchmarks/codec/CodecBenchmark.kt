package io.hypha.rpc.benchmarks.codec

import org.openjdk.jmh.profile.GCProfiler
import org.openjdk.jmh.runner.Runner
import org.openjdk.jmh.runner.options.OptionsBuilder

/** Measures the codec beside msgpack-core and prints one table. An argument picks comparisons: a regular expression for their names. */
internal object CodecBenchmark {
    @JvmStatic
    fun main(args: Array<String>) {
        val options =
            OptionsBuilder()
                .include("io.hypha.rpc.benchmarks.codec." + args.firstOrNull().orEmpty().ifEmpty { ".*" })
                .addProfiler(GCProfiler::class.java)
                .build()
        val rows = Comparison.of(Runner(options).run())
        println()
        println("| | Hypha, µs | msgpack-core, µs | times as fast | Hypha, bytes allocated | msgpack-core, bytes allocated |")
        println("|---|---:|---:|---:|---:|---:|")
        rows.forEach(::println)
    }
}
