package io.hypha.rpc.hub.manager

import app.cash.turbine.test
import io.hypha.rpc.client.HyphaConnection
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class DefaultServiceSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var listener: HyphaConnection

        beforeSpec {
            test = TestHub()
            listener = test.connect("alice", "listener")
        }
        afterSpec { test.close() }

        test("a default service is set up once, before others hear of it") {
            val provider = test.connect("alice", "provider")
            val happened = mutableListOf<String>()
            listener.manager.subscribe("service_added")
            listener.events("service_added").test {
                provider.registerService("default") { function("setup") { happened += "set up" } }
                happened shouldBe listOf("set up")
                (awaitItem().data as Map<*, *>)["id"] shouldBe "ws-user-alice/provider:default"
                provider.registerService("default", overwrite = true) { function("setup") { happened += "again" } }
                awaitItem()
                happened shouldBe listOf("set up")
            }
        }

        test("a default service is registered even if it has no setup, or one that fails") {
            val plain = test.connect("alice", "plain")
            plain.registerService("default") { function("f") { 1 } }
            listener.getService("plain:default").call<Int>("f") shouldBe 1
            val broken = test.connect("alice", "broken")
            broken.registerService("default") {
                function<Unit>("setup") { error("no") }
                function("f") { 2 }
            }
            listener.getService("broken:default").call<Int>("f") shouldBe 2
        }
    })
