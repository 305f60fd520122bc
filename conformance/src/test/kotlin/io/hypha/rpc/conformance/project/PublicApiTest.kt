package io.hypha.rpc.conformance.project

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotBeBlank
import org.jetbrains.kotlin.abi.tools.AbiFilters
import org.jetbrains.kotlin.abi.tools.AbiToolsFactory
import java.util.ServiceLoader

/** The public API of each published module is written down in its `api` folder, so that every change of it is seen in review. */
class PublicApiTest :
    FunSpec({
        Project.publishedModules.forEach { module ->
            test("the public API of $module is the recorded one") {
                val record = Project.root.resolve("$module/api/$module.api")
                val api = publicApi(module)
                if (System.getProperty("api.update") == "true" && api.isNotEmpty()) {
                    record.parentFile.mkdirs()
                    record.writeText(api)
                }
                val recorded = if (record.exists()) record.readText() else ""
                withClue("If the change is meant: mvn verify -Dapi.update=true, and commit ${Project.pathOf(record)}") {
                    api shouldBe recorded
                }
            }
        }
    })

/** What users can see; the API that is marked as shared between our own modules is left out. */
private fun publicApi(module: String): String {
    val tools =
        ServiceLoader
            .load(AbiToolsFactory::class.java)
            .single()
            .get()
    // Handed a folder instead of class files, the tool prints nothing at all.
    val classes =
        Project
            .classesOf(module)
            .walk()
            .filter { it.extension == "class" && it.name != "module-info.class" }
            .toList()
    if (classes.isEmpty()) return ""
    val filters =
        AbiFilters(
            includedClasses = setOf(),
            excludedClasses = setOf(),
            includedAnnotatedWith = setOf(),
            excludedAnnotatedWith = setOf("io.hypha.rpc.InternalHyphaApi"),
        )
    return buildString { tools.printJvmDump(this, classes, filters) }.also { it.shouldNotBeBlank() }
}
