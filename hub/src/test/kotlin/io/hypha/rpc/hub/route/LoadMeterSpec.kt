package io.hypha.rpc.hub.route

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

class LoadMeterSpec :
    FunSpec({
        test("counts messages, and forgets them") {
            var now = 0L
            val meter = LoadMeter { now }
            repeat(10) { meter.count() }
            meter.now() shouldBe 10.0
            now += 60_000_000_000
            meter.now() shouldBe (3.68 plusOrMinus 0.01)
            now += 600_000_000_000
            meter.now() shouldBe (0.0 plusOrMinus 0.001)
        }

        test("is for clients that ask for it by their names") {
            LoadMeter.of("worker__rlb") shouldNotBe null
            LoadMeter.of("worker") shouldBe null
        }
    })
