package io.hypha.rpc.hub

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import java.io.File
import java.net.URI
import java.util.concurrent.TimeUnit.SECONDS

class MainSpec :
    FunSpec({
        fun start(vararg args: String): Process {
            val java = File(System.getProperty("java.home"), "bin/java").path
            return ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Main::class.java.name, *args).start()
        }

        fun Process.exitCode(): Int {
            check(waitFor(20, SECONDS)) { "The hub goes on" }
            return exitValue()
        }

        test("prints its address when it is ready, and ends with code 0 when it is told to") {
            val hub = start("--port", "0")
            try {
                val out = hub.inputStream.bufferedReader()
                val line = out.readLine()
                line shouldMatch "Hypha hub is ready at http://127\\.0\\.0\\.1:\\d+"
                URI(line.substringAfterLast(' ') + "/health").toURL().readText() shouldBe """{"status":"ok"}"""
                // The signal alone: Process.destroy would close the streams as well.
                hub.toHandle().destroy()
                hub.exitCode() shouldBe 0
                out.readText() shouldBe ""
                hub.errorStream.bufferedReader().readText() shouldBe ""
            } finally {
                hub.destroyForcibly()
            }
        }

        test("ends with code 2 and one line when an argument is wrong") {
            val hub = start("--bogus")
            try {
                hub.exitCode() shouldBe 2
                hub.errorStream
                    .bufferedReader()
                    .readText()
                    .trim() shouldContain "Unknown option: '--bogus'"
            } finally {
                hub.destroyForcibly()
            }
        }
    })
