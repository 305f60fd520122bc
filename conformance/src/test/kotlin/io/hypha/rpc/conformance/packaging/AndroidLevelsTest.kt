package io.hypha.rpc.conformance.packaging

import com.tngtech.archunit.core.importer.ClassFileImporter
import io.hypha.rpc.conformance.project.Project
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/**
 * The checks for Android level 24 let some newer classes of Java pass. This says where: in the classes and methods that the table in
 * docs/android.md lists, with the level that each needs, and nowhere else.
 */
class AndroidLevelsTest :
    FunSpec({
        test("what needs more than Android level 24 is listed in docs/android.md") {
            val classes = listOf("core", "ktor-transport", "java-interop", "micrometer").map { Project.classesOf(it).toPath() }
            val table = ClassFileImporter().importPaths(classes).flatMap { AndroidLevels.rowsOf(it) }.sorted()
            val page = Project.root.resolve("docs/android.md").readLines()
            val expected = (AndroidLevels.HEAD + table).joinToString("\n")
            withClue("The table should be:\n$expected\n") { page.filter { it.startsWith("|") } shouldBe AndroidLevels.HEAD + table }
        }
    })
