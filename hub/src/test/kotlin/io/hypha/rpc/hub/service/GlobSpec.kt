package io.hypha.rpc.hub.service

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.pattern
import io.kotest.property.checkAll

class GlobSpec :
    FunSpec({
        test("agrees with a regular expression") {
            checkAll(2000, Arb.pattern("[ab*]{0,7}"), Arb.pattern("[ab*]{0,9}")) { pattern, text ->
                val regex = Regex(pattern.split('*').joinToString(".*") { Regex.escape(it) })
                globMatches(pattern, text) shouldBe regex.matches(text)
            }
        }

        test("takes everything but the star for itself") {
            globMatches("a.c", "abc") shouldBe false
            globMatches("a?c", "abc") shouldBe false
            globMatches("[a]", "a") shouldBe false
        }

        test("answers at once, however many stars there are") {
            globMatches("a*".repeat(2000) + "b", "a".repeat(10_000)) shouldBe false
        }
    })
