package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class ServiceTypesTest :
    FunSpec({
        test("a service takes over what its type says, and one that lacks a function is refused") {
            val (schema, problem) = linesOf { ServiceTypes.main(emptyArray()) }
            schema shouldContain "description=The temperature now"
            schema shouldContain "description=C or F"
            problem shouldBe "the service 'cellar' is not of the type 'thermometer': Missing key 'read' in service at path 'root'"
        }
    })
