package io.hypha.rpc.service

import io.hypha.rpc.call.param
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.testing.withTwoClients
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** What a service says of its functions and values (protocol §4.7, §7.3). */
class ServiceSchemaTest {
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
            val parameters =
                mapOf(
                    "a" to integer + ("description" to "the first"),
                    "b" to number + mapOf("description" to "", "default" to 2.0),
                )
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

    @Test
    fun `callers see the schema of each function under the name that it is registered by`() =
        withTwoClients { alice, bob ->
            bob.provideService(
                service("s") { group("deep") { function("add", param("a"), param("b", default = 2)) { a: Int, b: Int -> a + b } } },
            )
            val add = alice.getServiceOf("bob", "s")["deep.add"]
            add.name shouldBe "add"
            val parameters = mapOf("a" to integer + ("description" to ""), "b" to integer + mapOf("description" to "", "default" to 2L))
            add.schema shouldBe (function("add", properties = parameters, required = listOf("a"))["function"])
        }

    @Test
    fun `the caller's context is no parameter`() =
        withTwoClients { alice, bob ->
            bob.provideService(
                service("s") {
                    requireContext = true
                    function("who", param("x", default = 1)) { _: Int -> context.from }
                },
            )
            val schema = alice.getServiceOf("bob", "s")["who"].schema.orEmpty()
            ((schema["parameters"] as Map<*, *>)["properties"] as Map<*, *>).keys shouldBe setOf("x")
        }

    @Test
    fun `schemas are made once for each connection`() =
        withTwoClients { alice, bob ->
            val service = service("s") { function("f") { } }
            bob.provideService(service)
            bob.getServiceSchema(service) shouldBeSameInstanceAs bob.getServiceSchema(service)
            alice.getServiceSchema(service) shouldBe mapOf("f" to function("f"))
            alice.getServiceOf("bob", "s").serviceSchema() shouldBe mapOf("f" to function("f"))
        }
}
