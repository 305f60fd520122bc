package io.hypha.rpc.conformance.project

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.string.shouldContain
import java.io.File
import java.net.HttpURLConnection
import java.net.URI

/**
 * The hub runs as Java modules. Only this sees a `requires` that is missing for one of Ktor's automatic modules: the compiler
 * does not ask for it, and on the class path it makes no difference.
 */
class ModulePathTest :
    FunSpec({
        test("the hub starts from the module path and answers").config(blockingTest = true) {
            val libraries =
                Project.root
                    .resolve("hub/target/module-path.txt")
                    .readText()
                    .trim()
            val modulePath = libraries + File.pathSeparator + Project.classesOf("hub")
            val java = File(System.getProperty("java.home"), "bin/java").path
            val errors = File.createTempFile("hub", ".log")
            val hub =
                ProcessBuilder(java, "-p", modulePath, "-m", MAIN, "--host", "127.0.0.1", "--port", "0")
                    .redirectError(errors)
                    .start()
            try {
                val ready = hub.inputStream.bufferedReader().readLine()
                withClue(errors.readText()) { ready.shouldNotBeNull() shouldContain "http://" }
                val address = URI("http://" + ready.substringAfter("http://").substringBefore(' '))
                withClue(errors.readText()) { statusOf(address) shouldBeLessThan 500 }
            } finally {
                hub.destroyForcibly().waitFor()
                errors.delete()
            }
        }
    })

private const val MAIN = "io.hypha.rpc.hub/io.hypha.rpc.hub.Main"

/** The status of the answer to a request without a body. */
private fun statusOf(address: URI): Int = (address.toURL().openConnection() as HttpURLConnection).responseCode
