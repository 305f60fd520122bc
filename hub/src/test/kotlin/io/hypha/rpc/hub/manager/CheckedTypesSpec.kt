package io.hypha.rpc.hub.manager

import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.registerServiceType
import io.hypha.rpc.client.serviceType
import io.hypha.rpc.client.serviceTypes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** Clients that hold their services against the types that the hub keeps (protocol §7.5, §8.1). */
class CheckedTypesSpec :
    FunSpec({
        val house = TestHub()

        afterSpec { house.close() }

        test("a type that one client defines holds for the services of another") {
            val first = house.connect("carol", "types-first")
            val second = house.connect("carol", "types-second")
            val type =
                first.registerServiceType("calculator") {
                    name = "Calculator"
                    function("add", param("a", "The first"), param("b"), description = "Adds") { a: Int, b: Int -> a + b }
                }
            second.manager.serviceTypes().map { it.name } shouldContainExactly listOf("Calculator")
            second.manager.serviceType("calculator").definition shouldBe type.definition

            val error =
                shouldThrow<IllegalArgumentException> {
                    second.registerService("calc", checkType = true) {
                        this.type = "calculator"
                        function("sub", param("a"), param("b")) { a: Int, b: Int -> a - b }
                    }
                }
            error.message shouldContain "Missing key 'add' in service at path 'root'; Unexpected key 'sub' in service at path 'root'"
            second.listServices().none { it.id.endsWith(":calc") } shouldBe true

            val registered =
                second.registerService("calc", checkType = true) {
                    this.type = "calculator"
                    function("add", param("a"), param("b")) { a: Int, b: Int -> a + b }
                }
            registered.serviceSchema["add"] shouldBe type.definition["add"]
            first.getService("calc")["add"].schema shouldBe (type.definition["add"] as Map<*, *>)["function"]
        }

        test("a type that nobody defined is the hub's error") {
            val client = house.connect("dave", "types-alone")
            val error =
                shouldThrow<RemoteException> {
                    client.registerService("calc", checkType = true) {
                        type = "unknown-type"
                        function("f") { }
                    }
                }
            error.message shouldContain "Service type not found: unknown-type"
        }
    })
