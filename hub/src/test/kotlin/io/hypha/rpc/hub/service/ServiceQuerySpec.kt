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

        test("refuses unknown keys and values that are no text") {
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(mapOf("name" to "x"), "w") }.message shouldBe
                "ValueError: Invalid query keys: name"
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(mapOf("type" to 5L), "w") }
            shouldThrow<IllegalArgumentException> { ServiceQuery.parse(5L, "w") }
        }
    })
