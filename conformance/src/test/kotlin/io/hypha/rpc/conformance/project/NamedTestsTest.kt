package io.hypha.rpc.conformance.project

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe

/** Documents that say how a promise is tested name test classes that are there. */
class NamedTestsTest :
    FunSpec({
        val tests = testClasses()

        // A document that is not written yet is looked at as soon as it is.
        for (page in listOf("SECURITY.md", "docs/resilience.md", "docs/metrics.md")) {
            val file = Project.root.resolve(page)
            test("the test classes that $page names are there").config(enabled = file.exists()) {
                (namesIn(file.readText()) - tests).joinToString() shouldBe ""
            }
        }

        test("SECURITY.md names the tests of its promises") {
            namesIn(Project.root.resolve("SECURITY.md").readText()).shouldNotBeEmpty()
        }
    })

private fun namesIn(text: String): Set<String> = Regex("`([A-Z]\\w*(?:Test|Tests|Spec))`").findAll(text).map { it.groupValues[1] }.toSet()

/** The simple names of the classes in the files of tests, of all modules. */
private fun testClasses(): Set<String> =
    Project.root
        .listFiles { file -> file.resolve("src/test").isDirectory }
        .orEmpty()
        .flatMap { it.resolve("src/test").walk().toList() }
        .filter { it.extension == "kt" || it.extension == "java" }
        .map { it.nameWithoutExtension }
        .toSet()
