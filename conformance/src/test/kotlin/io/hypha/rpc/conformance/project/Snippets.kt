package io.hypha.rpc.conformance.project

/** A fenced block of a Markdown file: its language, the lines between the fences, and the line number of the opening fence. */
data class Snippet(
    val language: String,
    val line: Int,
    val text: String,
)

/** A part of a source file between `// tag::name[]` and `// end::name[]`. */
data class Region(
    val name: String,
    val path: String,
    val text: String,
)

object Snippets {
    private val fence = Regex("""^\s*```(\w*).*$""")
    private val tag = Regex("""^\s*// (tag|end)::([\w-]+)\[]\s*$""")

    /** All fenced blocks, in order. */
    fun inMarkdown(markdown: String): List<Snippet> {
        val found = mutableListOf<Snippet>()
        var opened: Pair<String, Int>? = null
        val body = mutableListOf<String>()
        markdown.lines().forEachIndexed { index, line ->
            val mark = fence.matchEntire(line)
            val start = opened
            when {
                start == null && mark != null -> {
                    opened = mark.groupValues[1].lowercase() to index + 1
                }

                start != null && mark != null -> {
                    found += Snippet(start.first, start.second, normal(body))
                    body.clear()
                    opened = null
                }

                start != null -> {
                    body += line
                }
            }
        }
        check(opened == null) { "The fence in line ${opened?.second} is never closed" }
        return found
    }

    /** The regions of one source file. They may nest; the marks themselves belong to none. */
    fun regionsIn(
        path: String,
        source: String,
    ): List<Region> {
        val found = mutableListOf<Region>()
        val open = linkedMapOf<String, MutableList<String>>()
        source.lines().forEach { line ->
            val mark = tag.matchEntire(line)
            if (mark == null) {
                open.values.forEach { it += line }
            } else {
                val (kind, name) = mark.destructured
                if (kind == "tag") {
                    check(open.put(name, mutableListOf()) == null) { "$path: tag::$name[] stands inside of itself" }
                } else {
                    val lines = checkNotNull(open.remove(name)) { "$path: end::$name[] without its tag" }
                    found += Region(name, path, normal(lines))
                }
            }
        }
        check(open.isEmpty()) { "$path: tag::${open.keys.first()}[] is never ended" }
        return found
    }

    /** Null if [snippet] is one of [regions], else what is wrong with it, with the region that comes closest. */
    fun problem(
        snippet: Snippet,
        regions: List<Region>,
    ): String? {
        if (regions.any { it.text == snippet.text }) return null
        val lines = snippet.text.lines()
        val closest = regions.maxByOrNull { region -> region.text.lines().count { it.isNotBlank() && it in lines } }
        val hint = if (closest == null) "there is no such region at all" else "closest is ${difference(lines, closest)}"
        return "line ${snippet.line}: this ${snippet.language} block is no region of a source file; $hint"
    }

    private fun difference(
        lines: List<String>,
        region: Region,
    ): String {
        val expected = region.text.lines()
        val at = (0..maxOf(lines.size, expected.size)).first { lines.getOrNull(it) != expected.getOrNull(it) }
        return "'${region.name}' in ${region.path}, which says in its line ${at + 1}:\n" +
            "  ${expected.getOrNull(at) ?: "(nothing more)"}\nwhere the block says:\n  ${lines.getOrNull(at) ?: "(nothing more)"}"
    }

    private fun normal(lines: List<String>): String = lines.joinToString("\n") { it.trimEnd() }.trimIndent().trim('\n')
}
