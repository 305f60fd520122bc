package io.hypha.rpc.hub.service

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ServiceQuerySpec :
    FunSpec({
        fun id(query: Any?) = ServiceQuery.parse(query, "w").id.toString()

        test("reads every form of text") {
            id(null) shouldBe "w/*:*@*"
            id("v") shouldBe "v/*:*@*"
            id("*") shouldBe "*/*:*@*"
            id("v/svc") shouldBe "v/*:svc@*"
            id("c:svc") shouldBe "w/c:svc@*"
            id("v/c:svc") shouldBe "v/c:svc@*"
            id("*/c:svc") shouldBe "*/c:svc@*"
        }

        test("reads every key of a map") {
            id(mapOf("workspace" to "v", "client_id" to "c*", "service_id" to "s", "app_id" to "a")) shouldBe "v/c*:s@a"
            id(mapOf("id" to "s")) shouldBe "w/*:s@*"
            id(emptyMap<String, Any?>()) shouldBe "w/*:*@*"
        }

        test("compares type and visibility as patterns") {
            val query = ServiceQuery.parse(mapOf("type" to "im*", "visibility" to "public"), "w")
            query.matches(entry("w/c:s", visibility = "public", type = "image")) shouldBe true
            query.matches(entry("w/c:s", visibility = "public", type = "text")) shouldBe false
            query.matches(entry("w/c:s", visibility = "protected", type = "image")) shouldBe false
        }

        test("means public services only by a text with any workspace") {
            val query = ServiceQuery.parse("*/svc", "w")
            query.matches(entry("w/c:svc", visibility = "public")) shouldBe true
            query.matches(entry("w/c:svc")) shouldBe false
            ServiceQuery.parse(mapOf("workspace" to "*"), "w").matches(entry("w/c:svc")) shouldBe true
        }

        test("refuses characters that are in no id, and two ids at once") {
            for (part in listOf("workspace", "client_id", "service_id", "app_id", "visibility")) {
                shouldThrow<IllegalArgumentException> { ServiceQuery.parse(mapOf(part to "a?[b]"), "w") }.message shouldBe
                    "ValueError: Invalid characters in query part: a?[b]"
            }
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(mapOf("id" to "a", "service_id" to "b"), "w") }.message shouldBe
                "ValueError: Cannot specify both 'id' and 'service_id' in the query."
        }

        test("refuses unknown keys and values that are no text") {
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(mapOf("name" to "x"), "w") }.message shouldBe
                "ValueError: Invalid query keys: name"
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(mapOf("type" to 5L), "w") }
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(5L, "w") }
        }
    })
