package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList

class ConversationSpec :
    FunSpec({
        lateinit var hub: HyphaHub
        lateinit var provider: HyphaConnection
        lateinit var caller: HyphaConnection

        beforeSpec {
            hub = HyphaHub.start()
            provider = connectToServer(hub.url) { clientId = "provider" }
            val token = provider.manager.call<String>("generate_token")
            caller =
                connectToServer(hub.url) {
                    clientId = "caller"
                    this.token = token
                }
            provider.registerService("calc") {
                function("add", param("a"), param("b", default = 2)) { a: Int, b: Int -> a + b }
                function("count", param("to")) { to: Int -> flow { for (i in 0 until to) emit(i) } }
                function("watch", param("report")) { report: io.hypha.rpc.call.RemoteFunction ->
                    report(0.5)
                    report(1.0)
                    "done"
                }
            }
        }
        afterSpec {
            caller.close()
            provider.close()
            caller.awaitClosed()
            provider.awaitClosed()
            hub.close()
        }

        test("a client calls a service of another one") {
            val calc = caller.getService("calc")
            calc.id shouldBe "${provider.workspace}/provider:calc"
            calc.config["url"] shouldBe "${hub.url}/${provider.workspace}/services/provider:calc"
            calc.call<Int>("add", 1) shouldBe 3
            calc.call<Int>("add", 1, kwargs = mapOf("b" to 5)) shouldBe 6
        }

        test("a client passes a callback, and reads a stream") {
            val calc = caller.getService("provider:calc")
            val seen = mutableListOf<Double>()
            calc.call<String>("watch", callback { part: Double -> seen += part }) shouldBe "done"
            seen shouldContainExactly listOf(0.5, 1.0)
            calc.stream<Int>("count", 4).toList() shouldContainExactly listOf(0, 1, 2, 3)
        }

        test("long messages pass in pieces") {
            val blob = ByteArray(3_000_000) { it.toByte() }
            caller.echo(blob) shouldBe blob
        }
    })
