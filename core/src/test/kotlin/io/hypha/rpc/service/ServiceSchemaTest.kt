package io.hypha.rpc.service

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.param
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test

/** What a service says of its functions and values (protocol §4.7, §7.3). */
class ServiceSchemaTest {
    @Serializable
    private class Point(
        val x: Double,
        val y: Double? = null,
    )

    @Serializable
    private class Node(
        val label: String,
        val next: Node? = null,
    )

    private enum class Color { Red, Green }

    private val number = mapOf("type" to "number")
    private val integer = mapOf("type" to "integer")

    private fun function(
        name: String,
        description: String = "",
        properties: Map<String, Any?> = emptyMap(),
        required: List<String> = emptyList(),
    ): Map<String, Any?> {
        val parameters = mapOf("type" to "object", "properties" to properties, "required" to required)
        return mapOf("type" to "function", "function" to mapOf("name" to name, "description" to description, "parameters" to parameters))
    }

    @Test
    fun `what is registered describes every member`() =
        withManager { alice, manager ->
            val registering =
                async {
                    alice.registerService("s") {
                        description = "A service"
                        function("add", param("a", "the first"), param("b", default = 2.0), description = "Adds") { a: Int, b: Double ->
                            a +
                                b
                        }
                        group("deep") { function("f") { } }
                        value("version", "1.2")
                        value("limit", 5)
                        value("on", true)
                        value("none", null)
                        value("list", listOf(1, "a"))
                    }
                }
            val call = manager.expect()
            manager.resolve(call, null)
            registering.await().entries.keys shouldBe (call.args.single() as Map<*, *>).keys
            val parameters = mapOf("a" to integer + ("description" to "the first"), "b" to number + ("description" to ""))
            call.args.single() shouldBe
                mapOf(
                    "id" to "ws/alice:s",
                    "name" to "s",
                    "type" to "generic",
                    "description" to "A service",
                    "docs" to null,
                    "config" to mapOf("visibility" to "protected", "require_context" to false, "workspace" to "ws"),
                    "app_id" to "*",
                    "service_schema" to
                        mapOf(
                            "add" to function("add", "Adds", parameters, listOf("a")),
                            "deep" to mapOf("f" to function("f")),
                            "version" to mapOf("type" to "string"),
                            "limit" to number,
                            "on" to mapOf("type" to "boolean"),
                            "none" to mapOf("type" to "null"),
                            "list" to listOf(number, mapOf("type" to "string")),
                        ),
                )
        }

    private fun schemaOf(build: ServiceBuilder.() -> Unit): Map<*, *> {
        val schemas = ArrayList<Map<*, *>>()
        withTwoClients { alice, bob ->
            bob.provideService(service("s", build))
            val parameters = alice.getServiceOf("bob", "s")["f"].schema.orEmpty()["parameters"] as Map<*, *>
            schemas += (parameters["properties"] as Map<*, *>)["p"] as Map<*, *>
        }
        return schemas.single() - "description"
    }

    @Test
    fun `every type of a parameter has its schema`() {
        val point = mapOf("type" to "object", "properties" to mapOf("x" to number, "y" to number), "required" to listOf("x"))
        val definitions =
            listOf<Pair<ServiceBuilder.() -> Unit, Map<String, Any?>>>(
                Pair({ function("f", param("p")) { p: String? -> p } }, mapOf("type" to "string")),
                Pair({ function("f", param("p")) { p: Boolean -> p } }, mapOf("type" to "boolean")),
                Pair({ function("f", param("p")) { p: Long -> p } }, integer),
                Pair({ function("f", param("p")) { p: Float -> p } }, number),
                Pair({ function("f", param("p")) { p: List<Int> -> p } }, mapOf("type" to "array", "items" to integer)),
                Pair({ function("f", param("p")) { p: Map<String, Int> -> p } }, mapOf("type" to "object")),
                Pair({ function("f", param("p")) { p: Color -> p } }, mapOf("type" to "string", "enum" to listOf("Red", "Green"))),
                Pair({ function("f", param("p")) { p: Point -> p } }, point),
                Pair({ function("f", param("p")) { p: Any? -> p } }, emptyMap()),
                Pair({ function("f", param("p")) { p: RemoteFunction -> p } }, emptyMap()),
            )
        for ((build, schema) in definitions) withClue(schema) { schemaOf(build) shouldBe schema }
    }

    @Test
    fun `a type that contains itself has a schema that ends`() {
        var node: Map<*, *>? = schemaOf { function("f", param("p")) { p: Node -> p.label } }
        var depth = 0
        while (node != null) {
            depth++
            node = (node["properties"] as Map<*, *>?)?.get("next") as Map<*, *>?
        }
        depth shouldBe 9
    }
}
