package io.hypha.rpc.service

import io.hypha.rpc.testing.withScriptedServer
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** How names are rewritten for callers with other habits (protocol §7.10). */
class CaseConversionTest {
    @Test
    fun `each name has its other form`() {
        // name, camel, snake
        val names =
            listOf(
                listOf("add", "add", "add"),
                listOf("get_http_url", "getHttpUrl", "get_http_url"),
                listOf("getHttpUrl", "getHttpUrl", "get_http_url"),
                listOf("getHTTPUrl", "getHTTPUrl", "get_h_t_t_p_url"),
                listOf("HelloWorld", "helloWorld", "hello_world"),
                listOf("x2_y", "x2Y", "x2_y"),
                listOf("trailing_", "trailing", "trailing_"),
                listOf("a__b", "aB", "a__b"),
                listOf("_reserved_name", "_reserved_name", "_reserved_name"),
                listOf("", "", ""),
            )
        for ((name, camel, snake) in names) {
            withClue(name) {
                CaseConversion.Camel.names(name) shouldBe setOf(camel)
                CaseConversion.Snake.names(name) shouldBe setOf(snake)
                CaseConversion.Both.names(name) shouldBe setOf(camel, snake)
            }
        }
    }

    @Test
    fun `keys at every level are renamed, and the names in schemas`() =
        withScriptedServer { alice, server ->
            val one = server.peer("ws/one")
            val schema =
                mapOf(
                    "name" to "HelloWorld",
                    "parameters" to mapOf("properties" to mapOf("firstName" to mapOf("type" to "string"))),
                )
            val tree =
                mapOf(
                    "id" to "svc",
                    "config" to mapOf("requireContext" to true, "flags" to listOf("KeepMe")),
                    "HelloWorld" to one.method("services.svc.HelloWorld", "_rschema" to schema, "_rname" to "HelloWorld"),
                    "subGroup" to mapOf("maxItems" to 5, "list" to listOf(mapOf("innerKey" to 1))),
                )
            val getting = async { alice.getServiceOf("one", "svc") { caseConversion = CaseConversion.Snake } }
            one.resolve(server.expectCall("ws/one", "services.built-in.get_service"), tree)
            val service = getting.await()
            service.config shouldBe mapOf("require_context" to true, "flags" to listOf("KeepMe"))
            service.value("sub_group.max_items") shouldBe 5L
            service.value("sub_group.list.0.inner_key") shouldBe 1L
            service["hello_world"].schema shouldBe (schema + ("name" to "hello_world"))
            val call = async { service.call<Int>("hello_world") }
            server.answer(server.expectCall("ws/one", "services.svc.HelloWorld"), 1)
            call.await() shouldBe 1
        }
}
