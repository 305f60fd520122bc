package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** The waits of protocol §1.11. */
class ExponentialBackoffTest {
    private val lost = ConnectionClosedException("lost")

    private fun attempt(
        number: Int,
        flaps: Int = 0,
        downtime: Duration = Duration.ZERO,
    ) = ReconnectAttempt(number, flaps, downtime, lost)

    private fun exact(random: Random = Random(1)) = ExponentialBackoff(jitter = 0.0, random = random)

    @Test
    fun `the first attempt is made at once, and each further one after twice the wait, up to a minute`() {
        val waits = (1..10).map { exact().delayBefore(attempt(it))!!.inWholeSeconds }
        waits shouldContainExactly listOf(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L)
    }

    @Test
    fun `the first link that is lost at once is free, and each further one in a row doubles the wait`() {
        val waits = (1..9).map { exact().delayBefore(attempt(1, flaps = it))!!.inWholeSeconds }
        waits shouldContainExactly listOf(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L)
    }

    @Test
    fun `attempts that fail count on from the links that were lost at once`() {
        exact().delayBefore(attempt(2, flaps = 1)) shouldBe 1.seconds
        exact().delayBefore(attempt(2, flaps = 3)) shouldBe 4.seconds
        exact().delayBefore(attempt(3, flaps = 2)) shouldBe 4.seconds
    }

    @Test
    fun `waits differ by a tenth at random, also the longest, and the same seed gives the same waits`() {
        val waits = (2..200).map { ExponentialBackoff(random = Random(it)).delayBefore(attempt(40))!! / 1.seconds }
        for (wait in waits) (wait in 54.0..66.0) shouldBe true
        waits.min() shouldBeLessThan 56.0
        waits.max() shouldBeGreaterThan 64.0

        fun sequence() = ExponentialBackoff(random = Random(7)).let { policy -> (1..8).map { policy.delayBefore(attempt(it)) } }
        sequence() shouldContainExactly sequence()
    }

    @Test
    fun `however many attempts there were, the wait is a wait`() {
        for (number in listOf(1_000, Int.MAX_VALUE)) exact().delayBefore(attempt(number, flaps = 3)) shouldBe 60.seconds
        ExponentialBackoff(first = 5.seconds, longest = 5.seconds, factor = 1.0, jitter = 0.0).delayBefore(attempt(9)) shouldBe 5.seconds
        ExponentialBackoff(jitter = 1.0).delayBefore(attempt(2))!! shouldBeIn (Duration.ZERO..2.seconds)
    }

    @Test
    fun `it gives up when told to, and not before`() {
        val policy = ExponentialBackoff(giveUpAfter = 5.minutes)
        (policy.delayBefore(attempt(9, downtime = 299.seconds)) == null) shouldBe false
        policy.delayBefore(attempt(10, downtime = 300.seconds)) shouldBe null
        ReconnectPolicy.Never.delayBefore(attempt(1)) shouldBe null
    }

    @Test
    fun `rules that make no sense are refused`() {
        val senseless =
            listOf<() -> Any>(
                { ExponentialBackoff(first = Duration.ZERO) },
                { ExponentialBackoff(first = Duration.INFINITE) },
                { ExponentialBackoff(first = 2.seconds, longest = 1.seconds) },
                { ExponentialBackoff(longest = Duration.INFINITE) },
                { ExponentialBackoff(factor = 0.5) },
                { ExponentialBackoff(factor = Double.NaN) },
                { ExponentialBackoff(jitter = 1.1) },
                { ExponentialBackoff(jitter = Double.NaN) },
                { ExponentialBackoff(giveUpAfter = (-1).seconds) },
            )
        for (made in senseless) shouldThrow<IllegalArgumentException> { made() }
    }

    private infix fun Duration.shouldBeIn(range: ClosedRange<Duration>) = (this in range) shouldBe true
}
