package io.hypha.rpc.hub.route

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class TokenBucketSpec :
    FunSpec({
        test("lets a burst pass at once, then as many as the rate") {
            var now = 0L
            val bucket = TokenBucket(rate = 200.0, burst = 2000) { now }
            (1..2000).all { bucket.tryTake() } shouldBe true
            bucket.tryTake() shouldBe false
            now += 1_000_000_000
            (1..200).all { bucket.tryTake() } shouldBe true
            bucket.tryTake() shouldBe false
        }

        test("fills up to one burst, however long nothing comes") {
            var now = 0L
            val bucket = TokenBucket(rate = 10.0, burst = 5) { now }
            now += 3_600_000_000_000
            (1..5).all { bucket.tryTake() } shouldBe true
            bucket.tryTake() shouldBe false
        }

        test("lets everything pass without a rate") {
            val bucket = TokenBucket(rate = 0.0, burst = 0) { 0 }
            (1..10_000).all { bucket.tryTake() } shouldBe true
        }
    })
