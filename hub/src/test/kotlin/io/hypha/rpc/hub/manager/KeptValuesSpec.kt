package io.hypha.rpc.hub.manager

import io.hypha.rpc.RemoteException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.getEvents
import io.hypha.rpc.client.logEvent
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.time.Instant

/** What clients have the hub keep comes back to others, whatever it is, or is refused at once. */
class KeptValuesSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var provider: HyphaConnection
        lateinit var other: HyphaConnection
        val released = Instant.fromEpochSeconds(1_700_000_000)

        beforeSpec {
            test = TestHub()
            provider = test.connect("ann", "provider")
            other = test.connect("ben", "other")
        }
        afterSpec { test.close() }

        test("a point in time in the description of a service comes back as text in lists and in what is known of the service") {
            provider.registerService("dated") {
                visibility = Visibility.Public
                config("released", released)
                function("f") { 1 }
            }
            other.listServices("*").single { it.serviceId == "dated" }.config["released"] shouldBe "2023-11-14T22:13:20Z"
            other.getServiceInfo("ws-user-ann/provider:dated").config["released"] shouldBe "2023-11-14T22:13:20Z"
            other.getService("ws-user-ann/provider:dated").call<Int>("f") shouldBe 1
        }

        test("a point in time in a logged event comes back as text") {
            provider.manager.logEvent("dated", mapOf("at" to released))
            provider.manager.getEvents("dated").map { (it.data as Map<*, *>)["at"] } shouldBe listOf("2023-11-14T22:13:20Z")
        }

        test("a key that JavaScript clients refuse to read is refused, and so are an application in the id and names that are no text") {
            fun info(vararg more: Pair<String, Any?>) =
                mapOf("id" to "ws-user-ann/provider:odd", "config" to emptyMap<String, Any?>()) + more
            val bad =
                mapOf(
                    info("config" to mapOf("__proto__" to 1)) to "__proto__",
                    info("id" to "ws-user-ann/provider:odd@app") to "app_id",
                    info("type" to 5) to "The type of a service must be text",
                    info("name" to 5) to "The name of a service must be text",
                )
            for ((description, problem) in bad) {
                shouldThrow<RemoteException> { provider.manager.call<Any?>("register_service", description) }.message shouldContain problem
            }
            provider.listServices { serviceId = "odd*" }.size shouldBe 0
        }
    })
