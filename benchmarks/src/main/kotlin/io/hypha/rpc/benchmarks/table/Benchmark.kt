package io.hypha.rpc.benchmarks.table

import java.nio.file.Path

/**
 * Starts one hub and all rows, lets the rows take turns, and prints one table. Run in the directory of this module. Properties:
 * `bench.rounds`, how many rounds count; `bench.seconds`, how long each figure is measured in a round; `bench.rows`, a regular
 * expression for the names of the rows.
 */
internal object Benchmark {
    private const val MILLIS = 1000
    private const val WARM_UP = 3

    @JvmStatic
    fun main(args: Array<String>) {
        val rounds = Integer.getInteger("bench.rounds", 5)
        val millis = (System.getProperty("bench.seconds", "1").toDouble() * MILLIS).toLong()
        val wanted = Regex(System.getProperty("bench.rows", ".*"))
        val scripts = Path.of("src/main/js").toAbsolutePath()
        JavaScriptClient.install(scripts)
        ChildProcess("the hub", hubCommand()).use { hub ->
            val url = hub.line().substringAfterLast(' ')
            val rows = Rows.all(url, scripts.toString()).filter { wanted.containsMatchIn(it.name) }
            try {
                run(rows, rounds, millis)
            } finally {
                rows.forEach(Row::close)
            }
        }
    }

    private fun run(
        rows: List<Row>,
        rounds: Int,
        millis: Long,
    ) {
        for (row in rows) {
            progress("warm-up: ${row.name}")
            row.start()
            row.round(WARM_UP * millis, counts = false)
        }
        for (round in 1..rounds) {
            progress("round $round of $rounds")
            rows.forEach { it.round(millis, counts = true) }
        }
        println(Table.of(rows))
    }

    private fun progress(text: String) {
        System.err.println(text)
    }

    private fun hubCommand() = listOf(ChildProcess.javaProgram, "-jar", "../hub/target/hypha-hub.jar", "--port", "0")
}
