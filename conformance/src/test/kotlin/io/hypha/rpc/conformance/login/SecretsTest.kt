package io.hypha.rpc.conformance.login

import io.hypha.rpc.conformance.project.Project
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.File
import java.util.concurrent.TimeUnit

/** Whatever is logged, thrown or described, at the finest level of everything there is, holds no token, key or password. */
class SecretsTest :
    FunSpec({
        test("no secret is in any log, exception or description").config(blockingTest = true) {
            val output = File.createTempFile("secrets", ".log")
            val used = File.createTempFile("secrets", ".txt")
            try {
                val program =
                    ProcessBuilder(command(used))
                        .directory(Project.root)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start()
                val ended = program.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)
                program.destroyForcibly().waitFor()
                val lines = output.readLines()
                withClue(lines.takeLast(50).joinToString("\n")) { (ended && program.exitValue() == 0) shouldBe true }
                // Everything was on: the frameworks, the loggers of the JDK, and ours.
                val text = lines.joinToString("\n")
                for (trace in listOf("TRACE io.ktor", "DEBUG io.netty", "io.hypha.rpc", "FINE")) text shouldContain trace
                val secrets = used.readLines()
                secrets.size shouldBeGreaterThan 40
                lines.filter { line -> jwt.containsMatchIn(line) || secrets.any { it in line } }.shouldBeEmpty()
            } finally {
                output.delete()
                used.delete()
            }
        }
    })

private const val LIMIT_SECONDS = 100L

/** Also those that the program did not get to see, such as a refreshed token to come back with. */
private val jwt = Regex("""eyJ[A-Za-z0-9_-]{8,}\.eyJ""")

private fun command(used: File): List<String> =
    listOf(
        File(System.getProperty("java.home"), "bin/java").path,
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
        "-cp",
        System.getProperty("java.class.path"),
        "io.hypha.rpc.conformance.login.SecretsProgram",
        used.path,
    )
