package io.hypha.rpc.hub.manager

import app.cash.turbine.test
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaEvent
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class EventsSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var listener: HyphaConnection

        beforeSpec {
            test = TestHub()
            listener = test.connect("alice", "listener")
        }
        afterSpec { test.close() }

        fun HyphaEvent.entry(key: String): Any? = (data as Map<*, *>)[key]

        test("a workspace hears of clients that come and go") {
            listener.manager.subscribe("client_connected", "client_disconnected")
            listener.events("client_connected").test {
                val client = test.connect("alice", "visitor")
                val connected = awaitItem()
                connected.entry("id") shouldBe "ws-user-alice/visitor"
                connected.entry("workspace") shouldBe "ws-user-alice"
                listener.events("client_disconnected").test {
                    client.close()
                    val gone = awaitItem()
                    gone.entry("id") shouldBe "visitor"
                    gone.entry("workspace") shouldBe "ws-user-alice"
                }
            }
        }

        test("a workspace hears of services that are added, replaced and removed") {
            listener.manager.subscribe("service_added", "service_removed")
            val client = test.connect("alice", "provider")
            listener.events("service_added").test {
                val added = this
                listener.events("service_removed").test {
                    val removed = this
                    client.registerService("svc") { type = "first" }
                    added.awaitItem().entry("id") shouldBe "ws-user-alice/provider:svc"
                    client.registerService("svc", overwrite = true) { type = "second" }
                    removed.awaitItem().entry("type") shouldBe "first"
                    added.awaitItem().entry("type") shouldBe "second"
                    client.unregisterService("svc")
                    removed.awaitItem().entry("type") shouldBe "second"
                }
                cancelAndIgnoreRemainingEvents()
            }
        }

        test("broadcasts of clients reach the subscribers of their own workspace only") {
            val sender = test.connect("alice", "sender")
            val foreigner = test.connect("bob", "foreigner")
            listOf(listener, foreigner).forEach { it.manager.subscribe("news") }
            foreigner.events("news").test {
                val foreign = this
                listener.events("news").test {
                    sender.emit("news", mapOf("n" to 1), to = "*")
                    awaitItem().entry("n") shouldBe 1L
                    listener.manager.unsubscribe("news")
                    sender.emit("news", mapOf("n" to 2), to = "*")
                    listener.echo(0)
                    expectNoEvents()
                }
                foreign.expectNoEvents()
            }
        }

        test("events of other workspaces cannot be subscribed to") {
            listener.manager.subscribe("ws-user-alice/custom")
            for (type in listOf("ws-user-bob/custom", "ws-user-bob", "ws-user-bob:custom")) {
                shouldThrow<PermissionDeniedException> { listener.manager.subscribe(type) }.message!! shouldContain
                    "Subscription to event '$type' is forbidden."
            }
        }
    })
