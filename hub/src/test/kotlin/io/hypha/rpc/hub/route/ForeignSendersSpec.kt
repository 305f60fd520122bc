package io.hypha.rpc.hub.route

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe

class ForeignSendersSpec :
    FunSpec({
        test("those who have left make room for those who come") {
            val senders = ForeignSenders()
            repeat(1000) { senders.add("w/guest-$it") { true } }
            senders.add("w/late") { true }
            senders.all() shouldNotContain "w/late"
            senders.add("w/late") { it == "w/guest-7" }
            senders.all() shouldBe setOf("w/guest-7", "w/late")
        }

        test("who is in it already is not looked for again") {
            val senders = ForeignSenders()
            senders.add("w/one") { true }
            senders.add("w/one") { error("nobody asks") }
            senders.all() shouldContain "w/one"
        }
    })
