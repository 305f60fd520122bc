package io.hypha.rpc.hub.service

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class SelectionModeSpec :
    FunSpec({
        val query = ServiceId.parse("svc", "w")
        val entries = listOf(entry("w/a:svc"), entry("w/b:svc"), entry("w/c:svc"))

        test("is exact without a mode, but random in public") {
            SelectionMode.of(null, "w") shouldBe SelectionMode.EXACT
            SelectionMode.of(null, "public") shouldBe SelectionMode.RANDOM
            SelectionMode.of("native:random", "w") shouldBe SelectionMode.RANDOM
        }

        test("selects the first, the last, or any") {
            SelectionMode.FIRST.select(query, entries) shouldBe entries.first()
            SelectionMode.LAST.select(query, entries) shouldBe entries.last()
            List(200) { SelectionMode.RANDOM.select(query, entries) }.toSet() shouldBe entries.toSet()
        }

        test("names some of several matches when only one will do") {
            SelectionMode.EXACT.select(query, entries.take(1)) shouldBe entries[0]
            val error = shouldThrow<IllegalArgumentException> { SelectionMode.EXACT.select(query, entries) }
            error.message!! shouldContain "Multiple services found for w/*:svc@*, such as w/a:svc"
        }

        test("refuses modes that it does not know") {
            shouldThrow<IllegalArgumentException> { SelectionMode.of("min_load", "w") }
        }
    })
