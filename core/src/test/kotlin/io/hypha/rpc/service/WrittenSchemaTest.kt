package io.hypha.rpc.service

import io.hypha.rpc.call.param
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Test

/** Schemas written by hand (protocol §4.7). */
class WrittenSchemaTest {
    private val parameters =
        mapOf("type" to "object", "properties" to mapOf("n" to mapOf("type" to "integer", "minimum" to 1)), "required" to listOf("n"))

    private fun ServiceBuilder.described(schema: Map<String, Any?>) {
        function("f", param("n"), description = "Its own words") { n: Int -> n }
        schema("f", schema)
    }

    @Test
    fun `it takes the place of what the types say, under the name of the function`() {
        val schema =
            schemaOf { described(mapOf("name" to "other", "description" to "Counts", "parameters" to parameters, "strict" to true)) }
        schema shouldBe json(mapOf("name" to "f", "description" to "Counts", "parameters" to parameters, "strict" to true))
    }

    @Test
    fun `the form for language models and JSON objects fit as well`() {
        val plain = schemaOf { described(mapOf("parameters" to parameters)) }
        plain["description"] shouldBe json("\"Its own words\"")
        schemaOf { described(mapOf("type" to "function", "function" to mapOf("parameters" to parameters))) } shouldBe plain
        schemaOf { described(json(mapOf("parameters" to parameters)).jsonObject) } shouldBe plain
    }

    @Test
    fun `functions in groups have theirs, and callers receive it`() =
        withTwoClients { alice, bob ->
            bob.provide {
                group("deep") {
                    function("f", param("n")) { n: Int -> n + 1 }
                    schema("f", mapOf("parameters" to parameters))
                }
            }
            val function = alice.serviceOf("bob")["deep.f"]
            json(function.schema) shouldBe json(mapOf("name" to "f", "description" to "", "parameters" to parameters))
            function.call<Int>(1) shouldBe 2
        }

    @Test
    fun `what is no function schema is refused where it is written, with the reason`() {
        val faults =
            mapOf(
                mapOf("type" to "object") to "has no 'parameters'",
                mapOf("parameters" to mapOf("type" to "array")) to "of the type array",
                mapOf("parameters" to mapOf("properties" to emptyMap<String, Any?>())) to "of the type null",
                mapOf("parameters" to mapOf("type" to "object", "properties" to listOf("n"))) to "no map of schemas",
                mapOf("parameters" to mapOf("type" to "object", "required" to "n")) to "no list of names",
                mapOf("parameters" to mapOf("type" to "object", "required" to listOf("n"))) to "requires [n]",
                mapOf("parameters" to mapOf("type" to "object", "properties" to mapOf("m" to mapOf("type" to "string")))) to
                    "names [m], but the function has the parameters [n]",
                mapOf("parameters" to parameters, "description" to 5) to "no text",
                mapOf("parameters" to parameters, "x" to Any()) to "no JSON value",
            )
        for ((schema, problem) in faults) {
            withClue(schema) {
                val error = shouldThrow<IllegalArgumentException> { service("s") { described(schema) } }
                error.message shouldContain "the schema of the function 'f' "
                error.message shouldContain problem
            }
        }
    }

    @Test
    fun `it is for functions that are there`() {
        val error = shouldThrow<IllegalArgumentException> { service("s") { schema("g", mapOf("parameters" to parameters)) } }
        error.message shouldBe "there is no function 'g' to describe; define it first"
    }
}
