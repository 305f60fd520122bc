package io.hypha.rpc.conformance.packaging

import io.hypha.rpc.conformance.project.Project
import io.hypha.rpc.hub.HyphaHub
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.io.ByteArrayOutputStream
import java.io.File
import javax.tools.ToolProvider

/**
 * A program with a module descriptor of its own, which requires the module for Java and nothing else, is compiled and runs: as Java modules
 * and, since nobody has to, on the class path.
 */
class ModularProgramTest :
    FunSpec({
        val program = tempdir()
        val path = Libraries.path(listOf(program) + Libraries.all)
        lateinit var hub: HyphaHub

        beforeSpec {
            hub = HyphaHub.start()
            compile(program)
        }
        afterSpec { hub.close() }

        test("the program runs as a module").config(blockingTest = true) {
            ChildJvm.run(ChildJvm.own, "-p", path, "-m", "$MODULE/$MAIN", hub.url) shouldBe SHOWN
        }

        test("the program runs on the class path").config(blockingTest = true) {
            ChildJvm.run(ChildJvm.own, "-cp", path, MAIN, hub.url) shouldBe SHOWN
        }

        test("the program runs where the classes that Android got after level 24 are lacking").config(blockingTest = true) {
            val tests = Libraries.locationOf(OlderPlatform::class.java).path
            ChildJvm.run(ChildJvm.own, "-cp", tests, OlderPlatform::class.java.name, path, LACKING, MAIN, hub.url) shouldBe SHOWN
        }

        test("the program runs as a module on JDK 25").config(blockingTest = true, enabledOrReasonIf = Jdks.needsNewer) {
            ChildJvm.run(Jdks.newer!!, "-p", path, "-m", "$MODULE/$MAIN", hub.url) shouldBe SHOWN
        }

        test("the program runs on the class path of JDK 25").config(blockingTest = true, enabledOrReasonIf = Jdks.needsNewer) {
            ChildJvm.run(Jdks.newer!!, "-cp", path, MAIN, hub.url) shouldBe SHOWN
        }
    })

private const val MODULE = "com.example.modular"
private const val MAIN = "com.example.modular.Main"
private const val LACKING = "java.util.concurrent.Flow,java.time,java.lang.reflect.Parameter,java.lang.Record"

private val SHOWN =
    """
    add 3
    future 4
    callback 0.5
    item 0
    item 1
    array float32 [2, 3]
    typed Hello Ann
    bean 12
    refused TypeError

    """.trimIndent()

private fun compile(target: File) {
    val sources =
        Project.root
            .resolve("conformance/src/test/programs/modular")
            .walk()
            .filter { it.extension == "java" }
            .map { it.path }
    val options =
        listOf(
            "--release",
            "11",
            "-parameters",
            "-Xlint:all",
            "-Werror",
            "-cp",
            target.path,
            "-p",
            Libraries.path(Libraries.all),
            "-d",
            target.path,
        )
    val messages = ByteArrayOutputStream()
    val status = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, *(options + sources).toTypedArray())
    withClue(messages) { status shouldBe 0 }
}
