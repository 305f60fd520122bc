package io.hypha.rpc.hub.service

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ServiceIdSpec :
    FunSpec({
        test("fills in what an id leaves out") {
            val forms =
                mapOf(
                    "svc" to "w/*:svc@*",
                    "c:svc" to "w/c:svc@*",
                    "v/svc" to "v/*:svc@*",
                    "v/c:svc" to "v/c:svc@*",
                    "svc@app" to "w/*:svc@app",
                    "c:svc@app" to "w/c:svc@app",
                    "v/svc@app" to "v/*:svc@app",
                    "v/c:svc@app" to "v/c:svc@app",
                    "*:svc" to "w/*:svc@*",
                    "*" to "w/*:*@*",
                )
            for ((text, id) in forms) ServiceId.parse(text, "w").toString() shouldBe id
        }

        test("gives the full id without the app") {
            ServiceId.parse("v/c:svc@app", "w").full shouldBe "v/c:svc"
        }

        test("refuses repeated and misplaced separators, and missing parts") {
            for (text in listOf("", "a/b/c", "a:b:c", "a@b@c", "a:b/c", "a@b/c", "a@b:c", "/svc", "v/", "c:", ":svc", "svc@")) {
                shouldThrow<IllegalArgumentException> { ServiceId.parse(text, "w") }
            }
        }
    })
