package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class SchemasTest :
    FunSpec({
        test("the service describes itself, and a model's call of it is answered") {
            val (definitions, call, result) = linesOf { Schemas.main(emptyArray()) }
            definitions shouldContain """"city":{"type":"string","description":"The name of the city"}"""
            definitions shouldContain """"days":{"type":"integer","description":"How far ahead","default":1}"""
            definitions shouldContain """"required":["place"]"""
            call shouldBe """from the model  forecast {"place": {"city": "Bern"}, "days": 2}"""
            result shouldBe "back to it      [4,5]"
        }
    })
