package io.hypha.rpc.metrics

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class CalledFunctionSpec :
    FunSpec({
        listOf(
            "services.hello.say" to "hello.say",
            "services.hello.math.add" to "hello.math.add",
            "services.built-in.ping" to "built-in.ping",
            "services._rintf_6kD1xqZ.open" to "(interface).open",
            "services._rintf_6kD1xqZ.parts.open" to "(interface).parts.open",
            "services.hello" to "hello.",
            "Wm3rTz.a8K2#progress" to "(session).(callback)",
            "Wm3rTz.resolve" to "(session).(callback)",
            "" to "(session).(callback)",
        ).forEach { (path, name) ->
            test("'$path' is $name") { CalledFunctions.at(path).toString() shouldBe name }
        }

        test("the same function is equal to itself") {
            CalledFunctions.at("services.a.b") shouldBe CalledFunctions.at("services.a.b")
            CalledFunctions.at("services.a.b").hashCode() shouldBe CalledFunctions.at("services.a.b").hashCode()
            (CalledFunctions.at("services.a.b") == CalledFunctions.at("services.a.c")) shouldBe false
        }
    })
