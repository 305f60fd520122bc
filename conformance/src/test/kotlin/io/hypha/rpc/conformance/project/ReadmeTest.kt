package io.hypha.rpc.conformance.project

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** The code in the README and the guides is code that compiles: each block is a tagged region of a sample or of the JavaScript peer. */
class ReadmeTest :
    FunSpec({
        val homes =
            mapOf(
                "kotlin" to listOf("samples/src/main/kotlin", "samples/src/test/kotlin"),
                "java" to listOf("samples/src/main/java", "samples/src/test/java", "conformance/src/test/programs"),
                "js" to listOf("conformance/src/test/js"),
            )

        for (page in listOf("README.md", "docs/guide.md", "docs/java.md", "docs/metrics.md")) {
            test("every Kotlin, Java and JavaScript block of $page is a region of a source file") {
                val snippets = Snippets.inMarkdown(Project.root.resolve(page).readText())
                val problems =
                    homes.flatMap { (language, folders) ->
                        val regions = folders.flatMap { regionsBelow(it) }
                        snippets.filter { it.language == language }.mapNotNull { Snippets.problem(it, regions) }
                    }
                problems.joinToString("\n\n") { "$page, $it" } shouldBe ""
            }
        }

        val guides = listOf("docs/guide.md", "docs/java.md", "docs/schemas.md", "docs/values.md", "docs/android.md", "docs/metrics.md")
        for (page in listOf("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md") + guides) {
            test("the languages of the blocks of $page are known") {
                val known = homes.keys + setOf("", "sh", "text", "xml", "json")
                val unknown = Snippets.inMarkdown(Project.root.resolve(page).readText()).filterNot { it.language in known }
                unknown.joinToString("\n") { "$page, line ${it.line}: ${it.language}" } shouldBe ""
            }

            test("everything that $page links to is there") {
                Links.missingFrom(Project.root.resolve(page)).joinToString() shouldBe ""
            }

            test("every program that $page has run is there") {
                val names = Regex("""-Dexec\.mainClass=([\w.]+)""").findAll(Project.root.resolve(page).readText())
                names.forEach { Class.forName(it.groupValues[1]).getMethod("main", Array<String>::class.java) }
            }
        }
    })

private fun regionsBelow(folder: String): List<Region> =
    Project.root
        .resolve(folder)
        .walk()
        .filter { it.isFile }
        .flatMap { Snippets.regionsIn(Project.pathOf(it), it.readText()) }
        .toList()
