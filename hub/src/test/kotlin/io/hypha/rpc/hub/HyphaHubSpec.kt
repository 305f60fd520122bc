package io.hypha.rpc.hub

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.io.UncheckedIOException
import java.net.ConnectException
import java.net.ServerSocket
import java.net.Socket
import java.net.URI

class HyphaHubSpec :
    FunSpec({
        fun get(url: String): String = URI(url).toURL().readText()

        test("listens on a free port, and answers plain HTTP") {
            HyphaHub.start().use { hub ->
                hub.port shouldNotBe 0
                hub.url shouldBe "http://127.0.0.1:${hub.port}"
                get(hub.url) shouldContain "Hypha hub"
                get("${hub.url}/health") shouldBe """{"status":"ok"}"""
            }
        }

        test("names the address that it is told to") {
            HyphaHub.start { publicUrl = "https://hub.example.org/" }.use { it.url shouldBe "https://hub.example.org" }
        }

        test("several hubs run side by side") {
            HyphaHub.start().use { one -> HyphaHub.start().use { two -> one.managerId shouldNotBe two.managerId } }
        }

        test("says so when it cannot listen, and leaves nothing behind") {
            val before = hubThreads()
            ServerSocket(0).use { taken ->
                shouldThrow<UncheckedIOException> {
                    HyphaHub.start {
                        host = "0.0.0.0"
                        port = taken.localPort
                    }
                }
            }
            (hubThreads() - before).shouldBeEmpty()
        }

        test("a thread that is interrupted starts and stops it all the same, and stays interrupted") {
            Thread.currentThread().interrupt()
            val port =
                HyphaHub.start().use { hub ->
                    Thread.interrupted() shouldBe true
                    get(hub.url) shouldContain "Hypha hub"
                    Thread.currentThread().interrupt()
                    hub.port
                }
            Thread.interrupted() shouldBe true
            shouldThrow<ConnectException> { Socket("127.0.0.1", port).close() }
        }

        test("tells its clients when it stops, and leaves no thread and no socket behind") {
            val before = hubThreads()
            val hub = HyphaHub.start()
            RawClients().use { sockets ->
                val client = sockets.join(hub, """{"client_id":"a"}""")
                val silent = sockets.open(hub)
                StalledClient(hub, """{"client_id":"stalled","token":"${hub.createToken("a".repeat(80))}"}""").use {
                    hub.close()
                    client.refusal() shouldBe ("Server is stopping" to 1001)
                    silent.closeCode() shouldBe 1001
                }
                hub.close()
            }
            (hubThreads() - before).shouldBeEmpty()
            shouldThrow<ConnectException> { Socket("127.0.0.1", hub.port).close() }
        }

        test("refuses tokens and workspaces that cannot be") {
            HyphaHub.start().use { hub ->
                shouldThrow<IllegalArgumentException> { hub.createToken("a b") }
                shouldThrow<IllegalArgumentException> { hub.createToken("a", life = kotlin.time.Duration.ZERO) }
                shouldThrow<IllegalArgumentException> { hub.createWorkspace("Not An Id") }
            }
        }
    })

/** Threads of servers that are alive. */
private fun hubThreads(): Set<Thread> =
    Thread
        .getAllStackTraces()
        .keys
        .filter { "eventLoopGroup" in it.name }
        .toSet()
