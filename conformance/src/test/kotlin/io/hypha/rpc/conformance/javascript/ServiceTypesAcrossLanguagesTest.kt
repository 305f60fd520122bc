package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.registerServiceType
import io.hypha.rpc.client.serviceType
import io.hypha.rpc.client.serviceTypes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Service types that one language defines and the other one uses (protocol §7.5, §8.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceTypesAcrossLanguagesTest {
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

    private fun JsonElement.text(key: String) = jsonObject.getValue(key).jsonPrimitive.content

    @Test
    fun `a type that JavaScript defines is what Kotlin's services are held against`() =
        testing {
            val type =
                """
                {"id": "grinder", "name": "Grinder", "definition": {
                  "grind": {"type": "function", "function": {
                    "name": "grind", "description": "Grinds beans.",
                    "parameters": {
                      "type": "object",
                      "properties": {"beans": {"type": "string", "description": "Which ones"}, "coarse": {"type": "boolean"}},
                      "required": ["beans"]
                    }
                  }},
                  "stop": {"type": "function", "function": {"name": "stop"}}
                }}
                """
            js.call(null, "registerServiceType", Json.parseToJsonElement(type)).text("id") shouldBe "grinder"
            kotlin.manager.serviceTypes().map { it.id } shouldContain "grinder"
            kotlin.manager.serviceType("grinder").run { listOf(id, name, definition.keys) } shouldBe
                listOf("$workspace/grinder", "Grinder", setOf("grind", "stop"))

            val problem =
                shouldThrow<IllegalArgumentException> {
                    kotlin.registerService("mill", checkType = true) {
                        this.type = "grinder"
                        function("crush") { 1 }
                        value("stop", 1)
                    }
                }.message.orEmpty()
            problem shouldContain "Missing key 'grind' in service at path 'root'"
            problem shouldContain "Unexpected key 'crush' in service at path 'root'"
            problem shouldContain "Key at path 'root.stop' must be a function"
            kotlin.listServices { serviceId = "mill" } shouldBe emptyList()

            kotlin.registerService("mill", checkType = true) {
                this.type = "grinder"
                function("grind", param("beans"), param("coarse", default = false)) { beans: String, _: Boolean -> "ground $beans" }
                function("stop") { }
            }
            val info = js.call(null, "getServiceInfo", JsonPrimitive("mill"))
            info.text("type") shouldBe "grinder"
            val schema = info.jsonObject.getValue("service_schema").jsonObject
            schema.getValue("grind").jsonObject.getValue("function").run {
                text("description") shouldBe "Grinds beans."
                jsonObject
                    .getValue(
                        "parameters",
                    ).jsonObject
                    .getValue("properties")
                    .jsonObject
                    .getValue("beans")
                    .text("description") shouldBe
                    "Which ones"
            }
            js.call(info.text("id"), "grind", JsonPrimitive("arabica")) shouldBe JsonPrimitive("ground arabica")
            kotlin.unregisterService("mill")
        }

    @Test
    fun `a type that Kotlin defines is read and listed by JavaScript`() =
        testing {
            kotlin.registerServiceType("kettle") {
                name = "Kettle"
                description = "Boils water"
                function("boil", param("litres", "How much"), description = "Boils.") { litres: Double -> litres }
            }
            for (id in listOf("kettle", "$workspace/kettle")) {
                val type = js.call(null, "getServiceType", JsonPrimitive(id))
                listOf(type.text("id"), type.text("name"), type.text("description")) shouldBe
                    listOf("$workspace/kettle", "Kettle", "Boils water")
                val boil =
                    type.jsonObject
                        .getValue("definition")
                        .jsonObject
                        .getValue("boil")
                        .jsonObject
                        .getValue("function")
                boil.text("description") shouldBe "Boils."
                boil.jsonObject.getValue("parameters") shouldBe
                    Json.parseToJsonElement(
                        """{"type": "object", "properties": {"litres": {"type": "number", "description": "How much"}}, "required": ["litres"]}""",
                    )
            }
            js.call(null, "listServiceTypes").jsonArray.map { it.text("id") } shouldContain "kettle"
            shouldThrow<JsPeerException> {
                js.call(null, "registerServiceType", Json.parseToJsonElement("""{"id": "kettle", "name": "K", "definition": {}}"""))
            }.message shouldContain "Service type already exists"
        }

    @Test
    fun `a type that nobody defined is the hub's error, and the service is not registered`() =
        testing {
            shouldThrow<RemoteException> {
                kotlin.registerService("ghost", checkType = true) {
                    type = "undefined-type"
                    function("f") { }
                }
            }.message shouldContain "Service type not found: undefined-type"
            kotlin.listServices { serviceId = "ghost" } shouldBe emptyList()
        }
}
