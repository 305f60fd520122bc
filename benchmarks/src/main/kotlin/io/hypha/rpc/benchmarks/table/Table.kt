package io.hypha.rpc.benchmarks.table

/** The medians as Markdown, each with its ratio to the reference row. */
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
        return lines.joinToString("\n")
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
