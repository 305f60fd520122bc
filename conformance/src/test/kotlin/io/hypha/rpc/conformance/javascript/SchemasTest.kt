package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.service.serviceSchema
import io.hypha.rpc.service.toolDefinitions
import io.hypha.rpc.service.tools
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** Schemas between Kotlin and the real JavaScript client (protocol §4.7, §7.3). The scenario `schemas` has the other direction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemasTest {
    private val stage = Stage.set()

    @AfterAll
    fun end() {
        stage.close()
    }

    private val add =
        Json.parseToJsonElement(
            """
            {"type": "function", "function": {
              "name": "add",
              "description": "Adds two numbers.",
              "parameters": {
                "type": "object",
                "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
                "required": ["a", "b"]
              }
            }}
            """,
        )

    @Test
    fun `the schema of a JavaScript function is a tool that a model can call`() =
        runBlocking<Unit> {
            val service = stage.kotlin.getService(Stage.JAVASCRIPT)
            val tools = service.tools()
            tools["add"].definition shouldBe add
            tools.run("add", """{"b": 2, "a": 40}""") shouldBe JsonPrimitive(42)
            tools["math_mul"].path shouldBe "math.mul"
            (service.serviceSchema()["math"] as Map<*, *>).keys shouldBe setOf("mul")
        }

    @Test
    fun `a model calls a Kotlin function by the names of its parameters`() =
        runBlocking<Unit> {
            val tools = stage.kotlin.getService(Stage.KOTLIN).tools()
            tools.run("kwargs", """{"label": "x", "a": [1], "b": null, "scale": 2}""") shouldBe
                Json.parseToJsonElement("""{"a": [1], "b": null, "scale": 2, "label": "x"}""")
        }

    @Test
    fun `the server keeps the schemas of both`() =
        runBlocking<Unit> {
            for (id in listOf(Stage.JAVASCRIPT, Stage.KOTLIN)) {
                val info = stage.kotlin.listServices().single { it.id.endsWith(":$id") }
                (info.serviceSchema["add"] as Map<*, *>)["type"] shouldBe "function"
                val service = stage.kotlin.getService(info.id)
                info.toolDefinitions().map { it.name() } shouldBe service.tools().definitions.map { it.name() }
            }
        }

    private fun JsonElement.name() = jsonObject.getValue("function").jsonObject["name"]
}
