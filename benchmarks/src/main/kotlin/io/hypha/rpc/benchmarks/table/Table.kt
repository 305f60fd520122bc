package io.hypha.rpc.benchmarks.table

/** The medians as Markdown, each with its ratio to the reference row, and then the ratios of the pairs of rows. */
internal object Table {
    fun of(rows: List<Row>): String {
        val reference = rows.find { it.name == Rows.REFERENCE }
        val lines = ArrayList<String>()
        lines += Column.entries.joinToString(" | ", "| | ", " |") { it.title }
        lines += Column.entries.joinToString("|", "|---|", "|") { "---:" }
        rows.mapTo(lines) { row ->
            Column.entries.joinToString(" | ", "| ${row.name} | ", " |") { column ->
                cell(column, row.median(column), reference?.median(column)?.takeIf { row !== reference })
            }
        }
        for ((name, other) in Rows.pairs) {
            lines += ratios(rows.find { it.name == name } ?: continue, rows.find { it.name == other } ?: continue)
        }
        return lines.joinToString("\n")
    }

    private fun ratios(
        row: Row,
        other: Row,
    ): String =
        Column.entries.joinToString(" | ", "| ${row.name} / ${other.name} | ", " |") { column ->
            val (value, comparison) = (row.median(column) to other.median(column))
            if (value == null || comparison == null) "-" else "%.2f×".format(value / comparison)
        }

    private fun cell(
        column: Column,
        value: Double?,
        reference: Double?,
    ): String {
        if (value == null) return "-"
        val text = "%,.${column.decimals}f".format(value)
        return if (reference == null) text else "$text (%.2f×)".format(value / reference)
    }
}
