package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.export
import io.hypha.rpc.client.getApp
import io.hypha.rpc.client.listApps
import io.hypha.rpc.client.registerProbes
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.ktor.getRemoteService
import io.hypha.rpc.service.CaseConversion
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
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

/** Finding services with the real JavaScript client on one side (protocol §7.4, §7.6, §7.9, §7.10, §8.2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookupTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val js = stage.provider
    private val workspace = kotlin.workspace

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(60.seconds) { test() } }
    }

    @Test
    fun `a JavaScript service is found by every form of its id`() =
        testing {
            val full = "$workspace/${js.clientId}:js-provider"
            val forms =
                listOf("js-provider", "${js.clientId}:js-provider", "*:js-provider", "$workspace/js-provider", full, "$full@*", "js-prov*")
            for (id in forms) {
                withClue(id) { kotlin.getService(id).also { it.id shouldBe full }.call<Int>("add", 1, 2) shouldBe 3 }
            }
            kotlin.getService("~").call<Int>("echo", 5) shouldBe 5
            kotlin.getServiceOf(js.clientId, "js-provider").call<Int>("add", 1, 2) shouldBe 3
            shouldThrow<ServiceNotFoundException> { kotlin.getService("js-nothing") }
        }

    @Test
    fun `of several services the mode chooses, and none is taken without one`() =
        testing {
            val second = connectToServer(stage.url) { workspace = kotlin.workspace.also { token = stage.token } }
            second.registerService("js-provider") { function("whoami") { mapOf("language" to "kotlin") } }
            shouldThrow<RemoteException> { kotlin.getService("js-provider") }.message shouldContain "Multiple services found"
            val owners = { id: String -> id.substringAfter('/').substringBefore(':') }
            owners(kotlin.getService("js-provider") { mode = SelectionMode.First }.id) shouldBe js.clientId
            owners(kotlin.getService("js-provider") { mode = SelectionMode.Last }.id) shouldBe second.clientId
            val seen = List(40) { owners(kotlin.getService("js-provider") { mode = SelectionMode.Random }.id) }
            seen.toSet() shouldContainExactlyInAnyOrder setOf(js.clientId, second.clientId)
            kotlin.getServiceInfo("js-provider", SelectionMode.First).clientId shouldBe js.clientId
            second.close()
            second.awaitClosed()
            eventually(10.seconds) { owners(kotlin.getService("js-provider").id) shouldBe js.clientId }
        }

    @Test
    fun `names are written as the caller likes them, here and there`() =
        testing {
            val snake = kotlin.getService("js-provider") { caseConversion = CaseConversion.Snake }
            snake.call<Int>("math.mul", 2, 3) shouldBe 6
            snake.call<Map<String, Any?>>("returns_functions", 1)["note"] shouldBe
                kotlin.getService("js-provider").call<Map<String, Any?>>("returnsFunctions", 1)["note"]
            val direct = kotlin.getServiceOf(js.clientId, "js-provider") { caseConversion = CaseConversion.Both }
            direct.functionNames() shouldContainAll listOf("returns_functions", "returnsFunctions")
            kotlin.registerService("two-cases") { function("get_http_url") { "url" } }
            val options = buildJsonObject { put("case_conversion", "camel") }
            val found = stage.peer.call(null, "getService", JsonPrimitive("two-cases"), options).jsonObject
            found.keys shouldContain "getHttpUrl"
            kotlin.unregisterService("two-cases")
        }

    @Test
    fun `lists and descriptions are the same for both`() =
        testing {
            kotlin.listServices { clientId = js.clientId }.map { it.serviceId } shouldContainAll
                listOf("built-in", "js-provider", "js-protected", "js-context")
            kotlin.listServices { serviceId = "js-*" }.map { it.clientId }.toSet() shouldBe setOf(js.clientId)
            kotlin
                .listServices {
                    clientId = js.clientId
                    visibility = Visibility.Protected
                }.map { it.serviceId } shouldContain
                "js-protected"
            kotlin.listServices { type = "built-in" }.size shouldBe 3
            kotlin.listServices("$workspace/js-provider").map { it.serviceId } shouldContainExactly listOf("js-provider")
            val query = buildJsonObject { put("service_id", Stage.KOTLIN) }
            val listed =
                stage.peer
                    .call(null, "listServices", query)
                    .jsonArray
                    .single()
                    .jsonObject
            val info = kotlin.getServiceInfo(Stage.KOTLIN)
            listed["id"]?.jsonPrimitive?.content shouldBe info.id
            info.serviceSchema.keys shouldContainAll listOf("add", "math")
            kotlin.getServiceInfo("js-provider").run { listOf(clientId, serviceId, visibility) } shouldBe
                listOf(js.clientId, "js-provider", "public")
            val described = stage.peer.call(null, "getServiceInfo", JsonPrimitive(Stage.KOTLIN)).jsonObject
            described["id"]?.jsonPrimitive?.content shouldBe info.id
        }

    @Test
    fun `probes and apps of a Kotlin client are there for JavaScript`() =
        testing {
            kotlin.registerProbes {
                readiness { true }
                liveness { "alive" }
            }
            stage.peer
                .call("$workspace/${kotlin.clientId}:probes", "liveness")
                .jsonPrimitive.content shouldBe "alive"
            kotlin.export { function("greet", param("name")) { name: String -> "Hello $name" } }
            stage.peer
                .call("$workspace/${kotlin.clientId}:default", "greet", JsonPrimitive("JS"))
                .jsonPrimitive.content shouldBe "Hello JS"
            stage.peer
                .call(null, "getApp", JsonPrimitive(kotlin.clientId))
                .jsonObject.keys shouldContain "greet"
            val apps = stage.peer.call(null, "listApps", JsonPrimitive(workspace)).jsonArray
            apps.map { it.jsonObject["id"]?.jsonPrimitive?.content } shouldContainExactly listOf("$workspace/${kotlin.clientId}:default")
            kotlin.getApp(kotlin.clientId).call<String>("greet", "me") shouldBe "Hello me"
            kotlin.listApps().map { it.clientId } shouldContainExactly listOf(kotlin.clientId)
            kotlin.unregisterService("probes")
            kotlin.unregisterService("default")
        }

    @Test
    fun `a service is got by its address, and its connection ends with it`() =
        testing {
            val url = "${stage.url}/$workspace/services/${js.clientId}:js-provider?ignored=1"
            val clients = kotlin.listServices { type = "built-in" }.size
            val service = getRemoteService(url) { token = stage.token.also { workspace = kotlin.workspace } }
            service.call<Int>("add", 1, 2) shouldBe 3
            kotlin.listServices { type = "built-in" }.size shouldBe clients + 1
            service.withTimeout(9.seconds).close()
            eventually(10.seconds) { kotlin.listServices { type = "built-in" }.size shouldBe clients }
            val missing = "${stage.url}/$workspace/services/nothing"
            shouldThrow<ServiceNotFoundException> {
                getRemoteService(
                    missing,
                ) { token = stage.token.also { workspace = kotlin.workspace } }
            }
            eventually(10.seconds) { kotlin.listServices { type = "built-in" }.size shouldBe clients }
        }
}
