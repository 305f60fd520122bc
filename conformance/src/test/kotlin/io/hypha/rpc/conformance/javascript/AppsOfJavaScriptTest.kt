package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.getApp
import io.hypha.rpc.client.listApps
import io.hypha.rpc.ktor.connectToServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Apps, probes, crowded names and ids in use, with the real JavaScript client on one side (protocol §7.4, §7.9). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppsOfJavaScriptTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val js = stage.provider
    private val workspace = kotlin.workspace
    private val offers = runBlocking { kotlin.getService("js-offers") }

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(30.seconds) { test() } }
    }

    @Test
    fun `Kotlin finds, lists and calls the app that JavaScript exports, and the one in its place`() =
        testing {
            for (greeting in listOf("Hello", "Goodbye")) {
                offers.call<Any?>("exportApp", greeting)
                kotlin.getApp(js.clientId).call<String>("greet", "Kotlin") shouldBe "$greeting Kotlin"
                kotlin.getApp("$workspace/${js.clientId}").name shouldBe "JavaScript app"
                kotlin.listApps().map { it.id } shouldContainExactly listOf("$workspace/${js.clientId}:default")
            }
            offers.call<Any?>("withdraw", "default")
            kotlin.listApps() shouldBe emptyList()
            shouldThrow<ServiceNotFoundException> { kotlin.getApp(js.clientId) }
        }

    @Test
    fun `Kotlin asks the probes of JavaScript`() =
        testing {
            offers.call<Any?>("probe")
            val probes = kotlin.getService("${js.clientId}:probes")
            probes.type shouldBe "probes"
            probes.call<Boolean>("readiness") shouldBe true
            shouldThrow<RemoteException> { probes.call<Any?>("liveness") }.remoteMessage shouldContain "out of spores"
            kotlin.listServices { type = "probes" }.map { it.id } shouldContainExactly listOf("$workspace/${js.clientId}:probes")
            offers.call<Any?>("withdraw", "probes")
        }

    @Test
    fun `functions with the names of maps and objects are called, in both directions`() =
        testing {
            val names = listOf("keys", "values", "items", "pop", "size", "toString", "hashCode")
            offers.call<Any?>("offerCrowded", "crowded")
            val theirs = kotlin.getService("${js.clientId}:crowded")
            kotlin.registerService("crowded") {
                for (name in names) function(name) { "$name of Kotlin" }
                function("get", param("name")) { name: String -> "get $name of Kotlin" }
            }
            for (name in names) {
                withClue(name) {
                    theirs.call<String>(name) shouldBe name
                    js.call("$workspace/${kotlin.clientId}:crowded", name) shouldBe JsonPrimitive("$name of Kotlin")
                }
            }
            theirs.call<String>("get", "it") shouldBe "get it"
            js.call("$workspace/${kotlin.clientId}:crowded", "get", JsonPrimitive("it")) shouldBe JsonPrimitive("get it of Kotlin")
            offers.call<Any?>("withdraw", "crowded")
            kotlin.unregisterService("crowded")
        }

    @Test
    fun `a service of a taken id is refused, or takes the place of the other for JavaScript too`() =
        testing {
            val id = "$workspace/${kotlin.clientId}:twice"
            kotlin.registerService("twice") { function("version") { 1 } }
            shouldThrow<IllegalArgumentException> { kotlin.registerService("twice") { function("version") { 2 } } }.message shouldContain
                "overwrite=true"
            js.call(id, "version") shouldBe JsonPrimitive(1)
            kotlin.registerService("twice", overwrite = true) {
                type = "second"
                function("version") { 3 }
            }
            js.call(id, "version") shouldBe JsonPrimitive(3)
            val listed = js.call(null, "listServices", buildJsonObject { put("service_id", "twice") }).jsonArray
            listed
                .single()
                .jsonObject
                .getValue("type")
                .jsonPrimitive.content shouldBe "second"
            kotlin.unregisterService("twice")
            shouldThrow<JsPeerException> { js.call(id, "version") }.message shouldContain "Service not found"
        }

    @Test
    fun `Kotlin cannot take the client id of JavaScript, which stays as it is`() =
        testing {
            val error =
                shouldThrow<AuthenticationException> {
                    connectToServer(stage.url) {
                        token = stage.token
                        workspace = kotlin.workspace
                        clientId = js.clientId
                    }
                }
            error.message shouldContain "already exists"
            kotlin.getService("js-provider").call<Int>("add", 1, 2) shouldBe 3
            js.call(null, "echo", JsonPrimitive(1)) shouldBe JsonPrimitive(1)
        }

    @Test
    fun `a program serves JavaScript until it closes its connection`() =
        testing {
            coroutineScope {
                val provider = connectToServer(stage.url) { token = stage.token.also { workspace = kotlin.workspace } }
                provider.registerService("served") { function("hello") { "here" } }
                val serving = async { provider.serve() }
                js.call("$workspace/${provider.clientId}:served", "hello") shouldBe JsonPrimitive("here")
                serving.isCompleted shouldBe false
                provider.close()
                serving.await()
            }
        }
}
