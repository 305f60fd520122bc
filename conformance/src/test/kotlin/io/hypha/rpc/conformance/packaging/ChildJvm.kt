package io.hypha.rpc.conformance.packaging

import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import java.io.File
import java.util.concurrent.TimeUnit

/** Runs programs in JVMs of their own. */
object ChildJvm {
    /** The JVM of this test. */
    val own: File = File(System.getProperty("java.home"))

    /** What the program prints. Fails with all that it said when it does not end well, or not within [minutes]. */
    fun run(
        home: File,
        vararg arguments: String,
        minutes: Long = 1,
    ): String {
        val output = File.createTempFile("child", ".out")
        val errors = File.createTempFile("child", ".err")
        val child =
            ProcessBuilder(listOf(File(home, "bin/java").path) + arguments)
                .redirectOutput(output)
                .redirectError(errors)
                .start()
        try {
            val isEnded = child.waitFor(minutes, TimeUnit.MINUTES)
            withClue({ output.readText() + errors.readText() }) {
                withClue("ended within $minutes min") { isEnded shouldBe true }
                withClue("exit status") { child.exitValue() shouldBe 0 }
            }
            return output.readText()
        } finally {
            child.destroyForcibly().waitFor()
            output.delete()
            errors.delete()
        }
    }
}
