package io.hypha.rpc.hub.socket

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.Codepoint
import io.kotest.property.arbitrary.az
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll

class CloseTextSpec :
    FunSpec({
        test("keeps what fits into a close frame") {
            checkAll(Arb.string(0..123, Codepoint.az())) { closeText(it) shouldBe it }
        }

        test("cuts at a character, never beyond 123 bytes") {
            for (char in listOf("a", "ä", "€", "🙂")) {
                val cut = closeText(char.repeat(200))
                val size = cut.encodeToByteArray().size
                size shouldBeLessThanOrEqual 123
                size shouldBe 123 - 123 % char.encodeToByteArray().size
                cut shouldBe char.repeat(cut.length / char.length)
            }
        }
    })
