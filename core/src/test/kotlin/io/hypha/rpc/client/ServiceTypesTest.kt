package io.hypha.rpc.client

import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.param
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import org.junit.jupiter.api.Test

/** Service types (protocol §7.5, §8.1): telling the server of them, and holding services against them. */
class ServiceTypesTest {
    private val text = mapOf("type" to "string")

    private fun schema(
        name: String,
        vararg parameters: String,
        description: String = "By type",
    ): Map<String, Any?> {
        val properties = parameters.associateWith { mapOf("type" to "integer", "description" to "$it by type") }
        val all = mapOf("type" to "object", "properties" to properties, "required" to parameters.toList())
        return mapOf("type" to "function", "function" to mapOf("name" to name, "description" to description, "parameters" to all))
    }

    private fun ServiceBuilder.calculator() {
        type = "calculator"
        function("add", param("a"), param("b")) { a: Int, b: Int -> a + b }
        group("math") { function("mul", param("a"), param("b"), description = "Own words") { a: Int, b: Int -> a * b } }
        value("version", "1")
    }

    private suspend fun ScriptedPeer.answerType(definition: Map<String, Any?>) {
        val asked = expect()
        asked.method shouldBe "services.default.get_service_type"
        asked.args shouldBe listOf("calculator")
        resolve(asked, mapOf("id" to "ws/calculator", "name" to "Calculator", "definition" to definition))
    }

    private suspend fun TestScope.problemsOf(
        alice: HyphaConnection,
        manager: ScriptedPeer,
        definition: Map<String, Any?>,
        build: ServiceBuilder.() -> Unit = { calculator() },
    ): String {
        val answering = launch { manager.answerType(definition) }
        val error = shouldThrow<IllegalArgumentException> { alice.registerService("calc", checkType = true, build = build) }
        answering.join()
        shouldThrow<io.hypha.rpc.ServiceNotFoundException> { alice.unregisterService("calc") }
        return error.message.orEmpty()
    }

    @Test
    fun `a service of its type takes over the schemas, and keeps descriptions of its own`() =
        withManager { alice, manager ->
            val registering = async { alice.registerService("calc", checkType = true) { calculator() } }
            val definition =
                mapOf(
                    "id" to text,
                    "config" to mapOf("visibility" to text),
                    "add" to schema("add", "a", "b"),
                    "math" to mapOf("mul" to schema("mul", "a", "b")),
                    "version" to text,
                )
            manager.answerType(definition)
            val registration = manager.expect()
            registration.method shouldBe "services.default.register_service"
            manager.resolve(registration, null)
            registering.await().serviceSchema shouldBe
                mapOf(
                    "add" to schema("add", "a", "b"),
                    "math" to mapOf("mul" to schema("mul", "a", "b", description = "Own words")),
                    "version" to text,
                )
        }

    @Test
    fun `everything that differs is named at once, and nothing is registered`() =
        withManager { alice, manager ->
            val definition =
                mapOf(
                    "add" to schema("add", "a", "b", "c"),
                    "math" to mapOf("div" to schema("div", "a", "b"), "mul" to text),
                    "version" to schema("version"),
                    "sub" to schema("sub"),
                )
            problemsOf(alice, manager, definition) { calculator().also { value("extra", 1) } } shouldBe
                "the service 'calc' is not of the type 'calculator': " +
                "Missing key 'sub' in service at path 'root'; " +
                "Unexpected key 'extra' in service at path 'root'; " +
                "Function at path 'root.add' lacks the parameters [c]; it has [a, b]; " +
                "Missing key 'div' in service at path 'root.math'; " +
                "Key at path 'root.math.mul' must be a value; " +
                "Key at path 'root.version' must be a function"
        }

    @Test
    fun `a function is no group and a group no function`() =
        withManager { alice, manager ->
            val definition = mapOf("add" to mapOf("deep" to schema("deep")), "math" to schema("math"), "version" to text)
            problemsOf(alice, manager, definition) shouldBe
                "the service 'calc' is not of the type 'calculator': " +
                "Key at path 'root.add' must be a group; Key at path 'root.math' must be a function"
        }

    @Test
    fun `functions that the type only names, as JavaScript does, keep the schemas of their types`() =
        withManager { alice, manager ->
            val registering = async { alice.registerService("calc", checkType = true) { calculator() } }
            val named = { name: String -> mapOf("type" to "function", "function" to mapOf("name" to name)) }
            manager.answerType(mapOf("add" to named("add"), "math" to mapOf("mul" to named("mul")), "version" to text))
            manager.resolve(manager.expect(), null)
            registering.await().serviceSchema shouldBe alice.getServiceSchema(service("calc") { calculator() })
        }

    @Test
    fun `what was written by hand comes before the type`() =
        withManager { alice, manager ->
            val written = mapOf("type" to "object", "properties" to mapOf("a" to text), "required" to emptyList<String>())
            val registering =
                async {
                    alice.registerService("calc", checkType = true) {
                        type = "calculator"
                        function("add", param("a")) { a: Int -> a }
                        schema("add", mapOf("parameters" to written))
                    }
                }
            manager.answerType(mapOf("add" to schema("add", "a")))
            manager.resolve(manager.expect(), null)
            val function = mapOf("name" to "add", "description" to "By type", "parameters" to written)
            registering.await().serviceSchema shouldBe mapOf("add" to mapOf("type" to "function", "function" to function))
        }

    @Test
    fun `a type that the server does not know is the server's error, and one that is not named is ours`() =
        withManager { alice, manager ->
            val answering = launch { manager.reject(manager.expect(), "KeyError: 'Service type not found: ws/calculator'") }
            val unknown = shouldThrow<RemoteException> { alice.registerService("calc", checkType = true) { calculator() } }
            answering.join()
            unknown.remoteMessage shouldBe "'Service type not found: ws/calculator'"
            val unnamed = shouldThrow<IllegalArgumentException> { alice.registerService("s", checkType = true) { function("f") { } } }
            unnamed.message shouldBe "the service 's' has no type to be checked against: set its 'type'"
        }

    @Test
    fun `a type is registered from what its services look like`() =
        withManager { alice, manager ->
            val registering =
                async {
                    alice.registerServiceType("calculator") {
                        name = "Calculator"
                        description = "Calculates"
                        function("add", param("a")) { a: Int -> a }
                    }
                }
            val call = manager.expect()
            call.method shouldBe "services.default.register_service_type"
            val type = call.args.single() as Map<*, *>
            type.filterKeys { it != "definition" } shouldBe
                mapOf("id" to "calculator", "name" to "Calculator", "description" to "Calculates")
            (type["definition"] as Map<*, *>).keys.toList() shouldContainExactly listOf("id", "name", "add")
            manager.resolve(call, type + ("id" to "ws/calculator"))
            registering.await().id shouldBe "ws/calculator"
        }

    @Test
    fun `types are listed and asked for`() =
        withManager { alice, manager ->
            val type = mapOf("id" to "ws/t", "name" to "T", "definition" to mapOf("f" to schema("f")), "docs" to "Docs")
            val asking = async { alice.manager.serviceType("ws/t") }
            manager.resolve(manager.expect(), type)
            asking.await().definition.keys shouldBe setOf("f")
            asking.await().docs shouldBe "Docs"
            val listing = async { alice.manager.serviceTypes() + alice.manager.serviceTypes("other") }
            val own = manager.expect()
            own.args shouldBe emptyList()
            manager.resolve(own, listOf(type))
            val others = manager.expect()
            others.args shouldBe listOf("other")
            manager.resolve(others, emptyList<Any>())
            listing.await().map { it.name } shouldBe listOf("T")
        }

    @Test
    fun `a type without members is refused`() =
        withManager { alice, _ ->
            shouldThrow<IllegalArgumentException> { alice.manager.registerServiceType("t", "T", emptyMap()) }.message shouldBe
                "the service type 't' defines no member"
        }
}
