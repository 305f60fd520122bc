package io.hypha.rpc.conformance.project

import java.io.File

/** The links of Markdown files to files of this repository and to headings in them. */
object Links {
    private val link = Regex("""]\(([^)#\s]*)(?:#([^)]*))?\)""")
    private val heading = Regex("""^#+ +(.*)$""")

    /** Those of [page] whose file or heading is not there. */
    fun missingFrom(page: File): List<String> =
        link
            .findAll(page.readText())
            .filterNot { it.groupValues[1].startsWith("http") }
            .filterNot { isThere(page, it.groupValues[1], it.groupValues[2]) }
            .map { it.value.removePrefix("]") }
            .toList()

    private fun isThere(
        page: File,
        path: String,
        anchor: String,
    ): Boolean {
        val target = if (path.isEmpty()) page else page.resolveSibling(path)
        return target.exists() && (anchor.isEmpty() || anchor in anchorsOf(target))
    }

    /** What readers of Markdown make of headings: small letters, digits, and dashes for blanks. */
    private fun anchorsOf(page: File): List<String> =
        page.readLines().mapNotNull { heading.matchEntire(it) }.map { match ->
            match.groupValues[1]
                .lowercase()
                .filter { it.isLetterOrDigit() || it in " -_" }
                .replace(' ', '-')
        }
}
