package io.hypha.rpc.hub

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import picocli.CommandLine
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.net.ServerSocket
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

class HubCommandSpec :
    FunSpec({
        class Result(
            val code: Int?,
            val out: String,
            val err: String,
        )

        fun run(
            vararg args: String,
            environment: Map<String, String> = emptyMap(),
        ): Result {
            val out = ByteArrayOutputStream()
            val err = ByteArrayOutputStream()
            val code = HubCommand(environment, PrintStream(out), PrintStream(err)).run(arrayOf(*args))
            return Result(code, out.toString(), err.toString())
        }

        fun options(
            vararg args: String,
            environment: Map<String, String> = emptyMap(),
        ): HubOptions = HubArguments.options(CommandLine(HubArguments.spec()).parseArgs(*args), environment)

        test("explains every option") {
            val help = run("--help")
            help.code shouldBe 0
            help.err shouldBe ""
            for (option in HubArguments.spec().options()) {
                help.out shouldContain option.longestName()
                option.description().joinToString("").isNotBlank() shouldBe true
            }
            help.out shouldContain "JWT_SECRET"
        }

        test("answers wrong arguments with one clear line and code 2") {
            val wrong =
                mapOf(
                    listOf("--colour") to "--colour",
                    listOf("--port", "many") to "--port",
                    listOf("--port") to "--port",
                    listOf("--port", "70000") to "70000",
                    listOf("extra") to "extra",
                    listOf("--message-rate", "-1") to "rate",
                    listOf("--port", "1", "--port", "2") to "--port",
                )
            for ((args, word) in wrong) {
                val result = run(*args.toTypedArray())
                result.code shouldBe 2
                result.out shouldBe ""
                result.err.trimEnd().lines() shouldHaveSize 1
                result.err shouldContain word
            }
        }

        test("answers a secret that is too short with code 2, and does not repeat it") {
            val result = run(environment = mapOf("JWT_SECRET" to "hush"))
            result.code shouldBe 2
            result.err shouldContain "32 bytes"
            result.err shouldNotContain "hush"
        }

        test("answers a port that is taken with one clear line and code 1") {
            ServerSocket(0).use { taken ->
                val result = run("--host", "0.0.0.0", "--port", "${taken.localPort}")
                result.code shouldBe 1
                result.err.trimEnd().lines() shouldHaveSize 1
                result.err shouldContain "${taken.localPort}"
            }
        }

        test("takes every option") {
            val options =
                options(
                    *"--host 0.0.0.0 --port 0 --public-url https://hub.example.org/ --message-rate 200 --message-burst 2000".words(),
                    *"--max-frame-bytes 1000000 --max-queued-bytes 2000000 --idle-timeout 30 --reconnect-delay 1".words(),
                    *"--token-life 60 --workspace-grace 5 --event-loops 3".words(),
                    environment = mapOf("JWT_SECRET" to "s".repeat(32), "HYPHA_ROOT_TOKEN" to "r".repeat(32)),
                )
            options.host shouldBe "0.0.0.0"
            options.port shouldBe 0
            options.publicUrl shouldBe "https://hub.example.org"
            options.messageRate shouldBe 200.0
            options.messageBurst shouldBe 2000
            options.maxFrameBytes shouldBe 1_000_000
            options.maxQueuedBytes shouldBe 2_000_000
            options.idleTimeout shouldBe 30.seconds
            options.reconnectDelay shouldBe 1.seconds
            options.reconnectionTokenLife shouldBe 60.seconds
            options.workspaceGrace shouldBe 5.seconds
            options.eventLoops shouldBe 3
            options.jwtSecret shouldBe "s".repeat(32)
            options.rootToken shouldBe "r".repeat(32)
        }

        test("has defaults that need no arguments") {
            options().port shouldBe 9527
            options("--message-rate", "200").messageBurst shouldBe 2000
            options("--idle-timeout", "0").idleTimeout shouldBe Duration.INFINITE
            options("--max-frame-bytes", "100000000").maxQueuedBytes shouldBe 100_000_000
        }
    })

private fun String.words(): Array<String> = split(' ').toTypedArray()
