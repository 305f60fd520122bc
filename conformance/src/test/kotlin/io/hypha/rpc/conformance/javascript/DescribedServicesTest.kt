package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.HyphaException
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.CaseConversion
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** What each language reads of the other one's services, the only one of a name, and names in another case (protocol §7.2, §7.10). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescribedServicesTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val js = stage.provider
    private val workspace = kotlin.workspace

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(30.seconds) { test() } }
    }

    private fun JsonObject.only(vararg keys: String) = JsonObject(filterKeys { it in keys })

    private fun json(text: String): JsonElement = Json.parseToJsonElement(text)

    @Test
    fun `JavaScript reads all that a Kotlin service says of itself, and what the server adds`() =
        testing {
            kotlin.registerService("described") {
                name = "A described one"
                type = "exhibit"
                description = "Stands here to be described"
                docs = "More than anybody wants to know"
                config("flags", listOf("shy", "slow"))
                config("colour", "green")
                value("version", "2.1")
                function("look") { "seen" }
            }
            val info = js.call(null, "getServiceInfo", JsonPrimitive("described")).jsonObject
            info.only("id", "name", "type", "description", "docs") shouldBe
                json(
                    """
                    {"id": "$workspace/${kotlin.clientId}:described", "name": "A described one", "type": "exhibit",
                     "description": "Stands here to be described", "docs": "More than anybody wants to know"}
                    """,
                )
            val config = info.getValue("config").jsonObject
            config.only("flags", "colour", "visibility", "workspace", "singleton") shouldBe
                json(
                    """{"flags": ["shy", "slow"], "colour": "green", "visibility": "protected", "workspace": "$workspace",
                        "singleton": false}""",
                )
            config.getValue("created_by").jsonObject["id"] shouldBe JsonPrimitive("tester")
            js.call(null, "getService", JsonPrimitive("described")).jsonObject["version"] shouldBe JsonPrimitive("2.1")
            kotlin.unregisterService("described")
        }

    @Test
    fun `a singleton of Kotlin drives out the service of JavaScript, which cannot come back beside it`() =
        testing {
            val offers = kotlin.getService("${js.clientId}:js-offers")
            offers.call<String>("offer", "lone", emptyMap<String, Any?>())
            kotlin.registerService("lone") {
                config("singleton", true)
                function("secret") { "mine" }
            }
            kotlin.listServices { serviceId = "lone" }.map { it.id } shouldContainExactly listOf("$workspace/${kotlin.clientId}:lone")
            js.call("lone", "secret") shouldBe JsonPrimitive("mine")
            shouldThrow<HyphaException> { offers.call<String>("offer", "lone", emptyMap<String, Any?>()) }.message shouldContain "singleton"
            kotlin.unregisterService("lone")
            offers.call<String>("offer", "lone", emptyMap<String, Any?>()) shouldBe "$workspace/${js.clientId}:lone"
            offers.call<Any?>("withdraw", "lone")
        }

    @Test
    fun `a connection writes the names of all services in its case, unless a look-up wants another`() =
        testing {
            val connection =
                connectToServer(stage.url) {
                    token = stage.token
                    workspace = kotlin.workspace
                    caseConversion = CaseConversion.Snake
                }
            connection.use {
                val service = it.getService("${js.clientId}:js-provider")
                service.functionNames().run {
                    this shouldContain "call_callback_at_once"
                    this shouldNotContain "callCallbackAtOnce"
                }
                service.call<Map<String, Any?>>("returns_functions", 1)["note"] shouldBe
                    kotlin.getService("js-provider").call<Map<String, Any?>>("returnsFunctions", 1)["note"]
                it.getServiceOf(js.clientId, "js-provider").functionNames() shouldContain "returns_functions"
                it.getService("js-provider") { caseConversion = CaseConversion.Camel }.functionNames() shouldContain "returnsFunctions"
            }
        }
}
