package io.hypha.rpc.connection

import io.hypha.rpc.transport.ConnectionInfo
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.numericDouble
import io.kotest.property.checkAll
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TestTimeSource

class TokenBucketTest {
    private val time = TestTimeSource()
    private val info = ConnectionInfo.of("workspace" to JsonPrimitive("ws"), "client_id" to JsonPrimitive("a"))

    private fun bucket(
        rate: Double,
        burst: Int,
    ) = TokenBucket(SendLimits.of(info, rate, burst, 0), time)

    /** How many messages may leave at this moment. */
    private fun TokenBucket.drain(isUrgent: Boolean = false): Int {
        var count = 0
        while (tryTake(isUrgent)) count++
        confirmAll()
        return count
    }

    @Test
    fun `the burst leaves at once, but for a reserve for what is urgent`() {
        val bucket = bucket(10.0, 100)
        bucket.drain() shouldBe 90
        bucket.drain(isUrgent = true) shouldBe 10
    }

    @Test
    fun `the reserve is never large, and there is none where it would be most of the burst`() {
        bucket(10.0, 2000).drain() shouldBe 1968
        bucket(10.0, 9).drain() shouldBe 9
        bucket(10.0, 1).drain() shouldBe 1
    }

    @Test
    fun `it fills continuously, up to the burst`() {
        val bucket = bucket(10.0, 5)
        bucket.drain() shouldBe 5
        time += 99.milliseconds
        bucket.drain() shouldBe 0
        time += 1.milliseconds
        bucket.drain() shouldBe 1
        time += 250.milliseconds
        bucket.drain() shouldBe 2
        time += 50.milliseconds
        bucket.drain() shouldBe 1
        time += 3600.seconds
        bucket.drain() shouldBe 5
    }

    @Test
    fun `the time until a token is told exactly`() {
        val bucket = bucket(10.0, 100)
        bucket.timeUntil(isUrgent = false) shouldBe Duration.ZERO
        bucket.drain(isUrgent = true)
        bucket.timeUntil(isUrgent = true).inWholeMilliseconds shouldBe 99
        bucket.timeUntil(isUrgent = false).inWholeMilliseconds shouldBe 1099
        time += 1100.milliseconds
        bucket.timeUntil(isUrgent = false) shouldBe Duration.ZERO
        bucket.drain() shouldBe 1
    }

    @Test
    fun `a token that is given back can be taken again, once`() {
        val bucket = bucket(10.0, 3)
        bucket.giveBack()
        bucket.drain() shouldBe 3
        bucket.giveBack()
        bucket.drain() shouldBe 1
    }

    @Test
    fun `rates that are as high or low as numbers can be do no harm`() {
        bucket(1e308, Int.MAX_VALUE).run {
            repeat(1000) { tryTake(isUrgent = false) shouldBe true }
            time += 1.microseconds
            tryTake(isUrgent = false) shouldBe true
        }
        bucket(Double.MIN_VALUE, 1).run {
            drain() shouldBe 1
            time += 3600.seconds
            drain() shouldBe 0
            timeUntil(isUrgent = false).isFinite() shouldBe true
        }
    }

    @Test
    fun `whatever the pauses, no window has more than the burst and what the rate allows in it`() =
        runTest {
            checkAll(
                200,
                Arb.numericDouble(0.5, 500.0),
                Arb.int(1, 50),
                Arb.list(Arb.numericDouble(0.0, 2.0), 1..40),
            ) { rate, burst, pauses ->
                val bucket = bucket(rate, burst)
                val departures = ArrayList<Double>()
                var now = 0.0
                for (pause in pauses) {
                    repeat(bucket.drain(isUrgent = true)) { departures += now }
                    time += pause.seconds
                    now += pause
                }
                for (from in departures.indices) {
                    for (to in from until departures.size) {
                        val most = burst + rate * (departures[to] - departures[from]) + 0.01
                        (to - from + 1).toDouble() shouldBeLessThan most
                    }
                }
            }
        }

    @Test
    fun `what is not known to have arrived does not come back`() {
        val bucket = bucket(10.0, 5)
        repeat(5) { bucket.tryTake(isUrgent = false) shouldBe true }
        time += 10.seconds
        bucket.tryTake(isUrgent = false) shouldBe false
        bucket.timeUntil(isUrgent = false) shouldBe Duration.INFINITE
        bucket.confirm(2)
        bucket.timeUntil(isUrgent = false).inWholeMilliseconds shouldBe 99
        time += 10.seconds
        repeat(2) { bucket.tryTake(isUrgent = false) shouldBe true }
        bucket.tryTake(isUrgent = false) shouldBe false
    }

    @Test
    fun `however late messages arrive, they are never more than the burst and what the rate allows meanwhile`() =
        runTest {
            checkAll(
                200,
                Arb.numericDouble(0.5, 500.0),
                Arb.int(1, 50),
                Arb.list(Arb.numericDouble(0.0, 2.0), 1..40),
                Arb.list(Arb.int(0, 4), 40..40),
            ) { rate, burst, pauses, reads ->
                val bucket = bucket(rate, burst)
                val arrivals = ArrayList<Double>()
                var now = 0.0
                var onTheWay = 0
                for ((pause, read) in pauses.zip(reads)) {
                    while (bucket.tryTake(isUrgent = true)) onTheWay++
                    // Sometimes all that is on its way arrives at once, and mostly nothing does.
                    if (read == 0) {
                        repeat(onTheWay) { arrivals += now }
                        bucket.confirm(onTheWay.toLong())
                        onTheWay = 0
                    }
                    time += pause.seconds
                    now += pause
                }
                for (from in arrivals.indices) {
                    for (to in from until arrivals.size) {
                        val most = burst + rate * (arrivals[to] - arrivals[from]) + 0.01
                        (to - from + 1).toDouble() shouldBeLessThan most
                    }
                }
            }
        }
}
