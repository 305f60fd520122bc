package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.call.param
import io.hypha.rpc.service.Description
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** What JavaScript reads of a Kotlin function whose types are nested, chosen from and left out (protocol §4.7, §7.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NestedSchemasTest {
    private val stage = Stage.set()

    @AfterAll
    fun end() {
        stage.close()
    }

    @Serializable
    private class Stop(
        @Description("Its name") val name: String,
        val minutes: Int? = null,
    )

    @Serializable
    private enum class Speed {
        @SerialName("slow")
        Slow,

        @SerialName("fast")
        Fast,
    }

    private val expected =
        """
        {"type": "function", "function": {
          "name": "plan",
          "description": "Plans a tour.",
          "parameters": {
            "type": "object",
            "properties": {
              "start": {"${'$'}ref": "#/${'$'}defs/Stop", "description": "Where it begins"},
              "stops": {"type": "array", "items": {"${'$'}ref": "#/${'$'}defs/Stop"}, "description": ""},
              "speed": {"type": "string", "enum": ["slow", "fast"], "default": "slow", "description": ""},
              "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": ""}
            },
            "required": ["start", "stops", "note"],
            "${'$'}defs": {
              "Stop": {
                "type": "object",
                "properties": {
                  "name": {"type": "string", "description": "Its name"},
                  "minutes": {"anyOf": [{"type": "integer"}, {"type": "null"}]}
                },
                "required": ["name"]
              }
            }
          }
        }}
        """

    @Test
    fun `the schema arrives whole, and what it describes is what JavaScript can send`() {
        runBlocking {
            withTimeout(30.seconds) {
                stage.kotlin.registerService("tours") {
                    function(
                        "plan",
                        param("start", "Where it begins"),
                        param("stops"),
                        param("speed", default = Speed.Slow),
                        param("note"),
                        description = "Plans a tour.",
                    ) { start: Stop, stops: List<Stop>, speed: Speed, note: String? ->
                        "${start.name} ${stops.map { it.minutes }} $speed $note"
                    }
                }
                val js = stage.provider
                val info = js.call(null, "getServiceInfo", JsonPrimitive("tours")).jsonObject
                info.getValue("service_schema").jsonObject.getValue("plan") shouldBe Json.parseToJsonElement(expected)
                val listed = js.call(null, "listServices", Json.parseToJsonElement("""{"service_id": "tours"}""")).jsonArray.single()
                listed.jsonObject
                    .getValue("service_schema")
                    .jsonObject
                    .getValue("plan") shouldBe Json.parseToJsonElement(expected)
                val arguments = """[{"name": "A"}, [{"name": "B", "minutes": 5}, {"name": "C", "minutes": null}], "fast", null]"""
                js
                    .call("tours", "plan", *Json.parseToJsonElement(arguments).jsonArray.toTypedArray())
                    .jsonPrimitive.content shouldBe "A [5, null] Fast null"
            }
        }
    }
}
