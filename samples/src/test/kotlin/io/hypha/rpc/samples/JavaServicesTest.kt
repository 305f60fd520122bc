package io.hypha.rpc.samples

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** The samples in Java say what those in Kotlin do. */
class JavaServicesTest :
    FunSpec({
        test("a watcher is told of images until its owner ends it") {
            linesOf { JavaInterfaces.main(emptyArray()) } shouldContainExactly
                listOf("image 1", "watched by 1", "image 2", "watched by 1", "watched by 0")
        }

        test("the service describes itself, and a model's call of it is answered") {
            val (definitions, call, result) = linesOf { JavaSchemas.main(emptyArray()) }
            definitions shouldContain """"description":"The temperatures to come, in °C""""
            definitions shouldContain """"city":{"type":"string","description":"The name of the city"}"""
            definitions shouldContain """"days":{"type":"integer","description":"How far ahead","default":1}"""
            definitions shouldContain """"required":["city"]"""
            call shouldBe """from the model  forecast {"city": "Bern", "days": 2}"""
            result shouldBe "back to it      [4,4]"
        }

        test("the own workspace and an authorised one are greeted, another one is refused") {
            linesOf { JavaPermissions.main(emptyArray()) } shouldContainExactly
                listOf("Hello ann in lab-one", "Hello ben in lab-two", "refused in lab-three")
        }

        test("a service takes over what its type says, and one that lacks a function is refused") {
            val (schema, problem) = linesOf { JavaServiceTypes.main(emptyArray()) }
            schema shouldContain "description=The temperature now"
            schema shouldContain "description=C or F"
            problem shouldBe "the service 'cellar' is not of the type 'thermometer': Missing key 'read' in service at path 'root'"
        }
    })
