package io.hypha.rpc.conformance.samples

import io.hypha.rpc.conformance.project.Project
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.samples.HelloService
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainInOrder
import io.kotest.matchers.shouldBe
import java.util.concurrent.TimeUnit

class HelloJavaScriptTest :
    FunSpec({
        test("the JavaScript program of the README calls the Kotlin service") {
            HyphaHub.start().use { hub ->
                connectToServer(hub.url).use { server ->
                    val id = HelloService.offer(server).id
                    // The client has lines of its own to say.
                    outputOf("src/test/js/hello.mjs", id, hub.url).lines() shouldContainInOrder
                        listOf("Hello John", "42", "item 0", "item 1", "item 2", "done 0.25", "done 0.5", "done 0.75", "done 1")
                }
            }
        }
    })

/** What a program prints that ends by itself. */
private fun outputOf(vararg arguments: String): String {
    val program =
        ProcessBuilder("node", *arguments).directory(Project.root.resolve("conformance")).redirectErrorStream(true).start()
    try {
        withClue("the program ends") { program.waitFor(30, TimeUnit.SECONDS) shouldBe true }
        val output = program.inputStream.bufferedReader().readText()
        withClue(output) { program.exitValue() shouldBe 0 }
        return output
    } finally {
        program.destroyForcibly()
    }
}
