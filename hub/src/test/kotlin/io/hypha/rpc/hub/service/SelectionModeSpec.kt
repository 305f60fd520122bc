package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.service.SelectionMode.Criterion
import io.hypha.rpc.hub.service.SelectionMode.Plain
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class SelectionModeSpec :
    FunSpec({
        val query = ServiceId.parse("svc", "w")
        val entries = listOf(entry("w/a:svc"), entry("w/b:svc"), entry("w/c:svc"))

        test("is exact without a mode, but random in public") {
            SelectionMode.of(null, "w") shouldBe Plain.EXACT
            SelectionMode.of(null, "public") shouldBe Plain.RANDOM
            SelectionMode.of("native:random", "w") shouldBe Plain.RANDOM
        }

        test("selects the first, the last, or any") {
            Plain.FIRST.select(query, entries) shouldBe entries.first()
            Plain.LAST.select(query, entries) shouldBe entries.last()
            List(200) { Plain.RANDOM.select(query, entries) }.toSet() shouldBe entries.toSet()
        }

        test("names some of several matches when only one will do") {
            Plain.EXACT.select(query, entries.take(1)) shouldBe entries[0]
            val error = shouldThrow<IllegalArgumentException> { Plain.EXACT.select(query, entries) }
            error.message!! shouldContain "Multiple services found for w/*:svc@*, such as w/a:svc"
        }

        test("reads the modes that look at load and at answers") {
            SelectionMode.of("min_load", "w") shouldBe SelectionMode.MinLoad
            SelectionMode.of("select:min:get_load", "w") shouldBe SelectionMode.Asking(Criterion.MIN, "get_load")
            SelectionMode.of("select:first_success:ready", "w") shouldBe SelectionMode.Asking(Criterion.FIRST_SUCCESS, "ready")
        }

        test("refuses modes that it does not know, saying what may be") {
            val problems =
                mapOf(
                    "least" to "Invalid mode: least. Mode must be 'random'",
                    "select:min" to "Invalid select mode format: select:min. Expected 'select:criteria:function'",
                    "select:min:" to "Invalid select mode format: select:min:.",
                    "select:best:f" to "Unknown selection criteria: best",
                    5L to "Invalid mode: 5",
                )
            for ((mode, problem) in problems) {
                shouldThrow<IllegalArgumentException> { SelectionMode.of(mode, "w") }.message!! shouldContain problem
            }
        }
    })
