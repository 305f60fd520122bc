package io.hypha.rpc.hub.auth

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class CredentialsSpec :
    FunSpec({
        test("takes null for absent and ignores unknown keys") {
            for (text in listOf(
                """{"client_id":"a"}""",
                """{"client_id":"a","workspace":null,"token":null,"x":[1]}""",
                """{"client_id":"a","token":""}""",
            )) {
                val credentials = Credentials.parse(text)
                credentials.clientId shouldBe "a"
                credentials.workspace shouldBe null
                credentials.token shouldBe null
                credentials.reconnectionToken shouldBe null
            }
        }

        test("reads all four") {
            val credentials = Credentials.parse("""{"client_id":"a","workspace":"w","token":"t","reconnection_token":"r"}""")
            credentials.workspace shouldBe "w"
            credentials.token shouldBe "t"
            credentials.reconnectionToken shouldBe "r"
        }

        test("refuses what is no JSON object of texts") {
            val nested = "[".repeat(50_000)
            for (text in listOf(
                "",
                nested,
                """{"client_id":"a","x":$nested""",
                "{",
                "[]",
                "null",
                """{"client_id":5}""",
                """{"client_id":"a","token":{}}""",
            )) {
                val refusal = shouldThrow<Refusal> { Credentials.parse(text) }
                refusal.code shouldBe 1003
                refusal.message shouldBe "Failed to decode authentication information"
            }
        }
    })
