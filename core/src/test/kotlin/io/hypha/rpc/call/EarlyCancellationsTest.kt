package io.hypha.rpc.call

import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

class EarlyCancellationsTest {
    private val early = EarlyCancellations()

    @Test
    fun `a cancellation is kept while a long message of that client is taken, and counts once`() {
        early.begin("ws/a")
        early.add("ws/a", "S1")
        early.take("ws/b", "S1") shouldBe false
        early.take("ws/a", "S1") shouldBe true
        early.take("ws/a", "S1") shouldBe false
    }

    @Test
    fun `without one nothing is kept, nor when the last one is taken`() {
        early.add("ws/a", "S1")
        early.size shouldBe 0
        repeat(2) { early.begin("ws/a") }
        early.add("ws/a", "S1")
        early.end("ws/a")
        early.size shouldBe 1
        early.end("ws/a")
        early.size shouldBe 0
        early.take("ws/a", "S1") shouldBe false
    }

    @Test
    fun `however many a client sends, a few are kept for each message, the last ones`() {
        repeat(3) { early.begin("ws/a") }
        repeat(100_000) { early.add("ws/a", "S$it") }
        early.size shouldBeLessThanOrEqualTo 100
        early.take("ws/a", "S99999") shouldBe true
        early.take("ws/a", "S1") shouldBe false
    }
}
