package io.hypha.rpc.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.Complex
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.RemoteError
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import org.junit.jupiter.api.Test
import kotlin.time.Instant

/** Functions of a remote service as tools of a language model. */
class ServiceToolsTest {
    @Test
    fun `every function is a tool whose definition goes to the model as it is`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("add", param("a", "The first"), param("b", default = 2), description = "Adds") { a: Int, b: Int -> a + b }
                group("math") { function("mul", param("a")) { a: Int -> a } }
                value("version", 1)
            }
            val tools = alice.serviceOf("bob").tools()
            tools.all.map { it.name to it.path } shouldBe listOf("add" to "add", "math_mul" to "math.mul")
            val add =
                """
                {"type": "function", "function": {
                  "name": "add",
                  "description": "Adds",
                  "parameters": {
                    "type": "object",
                    "properties": {
                      "a": {"type": "integer", "description": "The first"},
                      "b": {"type": "integer", "description": "", "default": 2}
                    },
                    "required": ["a"]
                  }
                }}
                """
            tools.definitions.first() shouldBe json(add)
            tools.run("add", """{"a": 5}""") shouldBe json("7")
            tools.run("add", """{"b": 1, "a": 5}""") shouldBe json("6")
            tools["math_mul"].run(JsonObject(mapOf("a" to json("3.0")))) shouldBe json("3")
            shouldThrow<MethodNotFoundException> { tools["sub"] }.message shouldBe "there is no tool 'sub', only add, math_mul"
        }

    @Test
    fun `names are such as models may use, and never the same`() {
        toolNames(listOf("math.mul", "math_mul", "größe", "a b", "math_mul_2", "math-mul", "x".repeat(70), "x".repeat(80))) shouldBe
            listOf(
                "math_mul",
                "math_mul_2",
                "gr__e",
                "a_b",
                "math_mul_2_2",
                "math-mul",
                "x".repeat(64),
                "x".repeat(62) + "_2",
            )
    }

    @Test
    fun `arguments that do not fit are refused before anything is sent, in words for the model`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("f", param("a"), param("b", default = 1), param("data", default = null)) { a: Int, b: Int, data: Bytes? ->
                    "$a $b ${data?.size}"
                }
            }
            val f = alice.serviceOf("bob").tools()["f"]
            val problems =
                mapOf(
                    """{"a": 1, "c": 2}""" to "the tool 'f' has no parameters [c]; it has [a, b, data]",
                    """{"b": 1}""" to "the tool 'f' misses its arguments [a]",
                    "" to "the tool 'f' misses its arguments [a]",
                    "[1]" to "the arguments of the tool 'f' are no JSON object",
                    "{secret" to "the arguments of the tool 'f' are no JSON object",
                )
            for ((arguments, problem) in problems) {
                withClue(arguments) { shouldThrow<IllegalArgumentException> { f.run(arguments) }.message shouldBe problem }
            }
            f.run("""{"a": 1, "b": null}""") shouldBe json("\"1 1 null\"")
        }

    @Test
    fun `bytes are base64 in both directions`() =
        withTwoClients { alice, bob ->
            bob.provide { function("f", param("data")) { data: ByteArray -> data.reversedArray() } }
            val f = alice.serviceOf("bob").tools()["f"]
            f.run("""{"data": "AQID"}""") shouldBe json("\"AwIB\"")
            shouldThrow<IllegalArgumentException> { f.run("""{"data": "no!"}""") }.message shouldBe
                "the argument 'data' of the tool 'f' is not base64"
        }

    @Test
    fun `arguments become what their schema says, wherever it says it`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("f", param("data"), param("n"), param("all")) { data: Bytes?, n: Any?, all: List<Bytes> ->
                    "${data?.size} $n ${all.map { it.size }}"
                }
                function("tint", param("c", default = Color.Green), param("d", default = Color.Red)) { c: Color, d: Color -> "$c $d" }
            }
            val tools = alice.serviceOf("bob").tools()
            tools.run("f", """{"data": "AQID", "n": 1.0, "all": ["AQ=="]}""") shouldBe json("\"3 1.0 [1]\"")
            tools.run("f", """{"data": null, "n": "AQID", "all": []}""") shouldBe json("\"null AQID []\"")
            tools.run("tint", """{"c": null, "d": "Red"}""") shouldBe json("\"Green Red\"")
            shouldThrow<IllegalArgumentException> { tools.run("f", """{"data": null, "n": 1, "all": ["no!"]}""") }.message shouldBe
                "the argument 'all' of the tool 'f' is not base64"
        }

    @Test
    fun `whole numbers go as integers where integers are wanted`() =
        withScriptedPeer { alice, peer ->
            argumentsAt(alice, peer, """{"a": 1, "b": 3.0}""")["args"] shouldBe listOf(1L, 3L)
            argumentsAt(alice, peer, """{"a": 1, "b": 3.5}""")["args"] shouldBe listOf(1L, 3.5)
        }

    @Test
    fun `a schema that refers to itself means anything`() {
        val schema = mapOf("\$ref" to "#/\$defs/A")
        val values = ToolValues(mapOf("A" to mapOf("anyOf" to listOf(schema, mapOf("type" to "integer")))))
        values.of(json("2.0"), schema) shouldBe 2.0
        values.permitsNull(schema) shouldBe true
    }

    @Test
    fun `results of every kind become JSON`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("array") { NDArray.of(floatArrayOf(1f, 2f, 3f, 4f), 2, 2) }
                function("complex") { NDArray.ofComplex(doubleArrayOf(1.0, 2.0)) }
                function("stream") { flow { repeat(3) { emit(it) } } }
                function("values") { listOf(null, true, 1, 2.5, Double.NaN, ULong.MAX_VALUE, mapOf("k" to setOf("x"))) }
                function("numbered") { mapOf(1 to "one") }
                function("time") { Instant.parse("2026-01-02T03:04:05Z") }
                function("nothing") { }
                function("error") { RemoteError("broken") }
                function("endless") { flow { while (true) emit(1) } }
            }
            val tools = alice.serviceOf("bob").tools()
            tools.run("array", "") shouldBe json("[[1.0, 2.0], [3.0, 4.0]]")
            tools.run("complex", "") shouldBe json("[[1.0, 2.0]]")
            tools.run("stream", "") shouldBe json("[0, 1, 2]")
            tools.run("values", "") shouldBe json("""[null, true, 1, 2.5, "NaN", 18446744073709551615, {"k": ["x"]}]""")
            tools.run("numbered", "") shouldBe json("""{"1": "one"}""")
            tools.run("time", "") shouldBe json("\"2026-01-02T03:04:05Z\"")
            tools.run("nothing", "") shouldBe json("null")
            tools.run("error", "") shouldBe json("""{"error": "broken"}""")
            shouldThrow<EncodingException> { tools.run("endless", "") }.message shouldContain "more than 10000 items"
        }

    @Test
    fun `a function as a result has no form in JSON`() =
        runTest {
            val error = shouldThrow<EncodingException> { toolResult(listOf(callback { x: Int -> x })) }
            error.message shouldBe "a LocalFunction has no form in JSON; call the function itself"
        }

    private suspend fun TestScope.argumentsAt(
        alice: io.hypha.rpc.client.HyphaConnection,
        peer: ScriptedPeer,
        arguments: String,
        vararg more: Pair<String, Any?>,
    ): Map<String, Any?> {
        val fetching = async { alice.getServiceOf("peer", "s") }
        val properties =
            mapOf(
                "a" to mapOf("type" to "int"),
                "b" to mapOf("type" to "integer", "default" to 2),
                "c" to mapOf("type" to "str"),
            )
        val parameters = mapOf("type" to "object", "properties" to properties, "required" to listOf("a"))
        val schema = mapOf("name" to "f", "description" to null, "parameters" to parameters)
        peer.resolve(peer.expect(), mapOf("id" to "s", "f" to peer.method("services.s.f", "_rschema" to schema, *more)))
        val tool = fetching.await().tools()["f"]
        val running = async { tool.run(arguments) }
        val call = peer.expect()
        peer.resolve(call, null)
        running.await()
        return mapOf("args" to call.args, "kwargs" to (call.main["with_kwargs"] ?: call.extra["with_kwargs"]))
    }

    @Test
    fun `providers that may not know names get positions, gaps filled with defaults`() =
        withScriptedPeer { alice, peer ->
            argumentsAt(alice, peer, """{"c": "x", "a": 1}""")["args"] shouldBe listOf(1L, 2L, "x")
            argumentsAt(alice, peer, """{"a": 1}""")["args"] shouldBe listOf(1L)
        }

    @Test
    fun `a Python provider gets names`() =
        withScriptedPeer { alice, peer ->
            val sent = argumentsAt(alice, peer, """{"c": "x", "a": 1}""", "_rasync" to true)
            sent["args"] shouldBe listOf(mapOf("c" to "x", "a" to 1L))
            sent["kwargs"] shouldBe true
        }

    @Test
    fun `type names of the Python client's native mode become those of JSON schema`() {
        val parameters = mapOf("properties" to mapOf("a" to mapOf("type" to "str", "description" to null), "b" to mapOf("type" to "dict")))
        toolParameters(mapOf("name" to "f", "parameters" to parameters)) shouldBe
            mapOf("type" to "object", "properties" to mapOf("a" to mapOf("type" to "string"), "b" to mapOf("type" to "object")))
    }

    @Test
    fun `what a server keeps of a service is enough for the definitions`() =
        withTwoClients { alice, bob ->
            val service =
                service("svc") {
                    function("add", param("a")) { a: Int -> a }
                    group("math") { function("mul", param("a")) { a: Int -> a } }
                    value("version", 1)
                }
            bob.provideService(service)
            val info = ServiceInfo(mapOf("id" to "ws/bob:svc", "service_schema" to bob.getServiceSchema(service)))
            info.toolDefinitions() shouldBe
                alice
                    .serviceOf("bob")
                    .tools()
                    .definitions
                    .toList()
            ServiceInfo(emptyMap()).toolDefinitions() shouldBe emptyList()
        }
}
