package io.hypha.rpc.conformance.faults

import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** Links that are lost again and again as soon as they are made (protocol §1.11). */
class FlapTest {
    @ParameterizedTest
    @ValueSource(ints = [0, 1])
    fun `links that end before they are of use are damped, and the one that lasts is kept`(frames: Int) =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val attempts = RecordedAttempts()
            val client = connect(proxy) { reconnect = attempts }
            val service = client.getService(Workshop.ID)
            proxy.inject(Fault.Flap(times = 4, frames = frames))
            proxy.inject(Fault.Cut)
            client.awaitConnected(2)
            service.shouldWork()
            attempts.waits shouldBe listOf(0, 50, 100, 200, 400).map { it.milliseconds }
            // The JDK's and other systems' ways to connect may take two sockets.
            proxy.accepted shouldBeLessThanOrEqual 12
        }

    @Test
    fun `a link that is lost soon after it was restored counts as a flap, of which the first is free`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val attempts = RecordedAttempts()
            val client = connect(proxy) { reconnect = attempts }
            val service = client.getService(Workshop.ID)
            repeat(4) {
                proxy.inject(Fault.Cut)
                client.awaitConnected(it + 2)
            }
            attempts.all.map { it.flaps } shouldBe listOf(1, 2, 3, 4)
            attempts.waits shouldBe listOf(Duration.ZERO, 50.milliseconds, 100.milliseconds, 200.milliseconds)
            service.shouldWork()
        }

    @Test
    fun `a link that the program itself gave up is no flap`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val attempts = RecordedAttempts()
            val client = connect(proxy) { reconnect = attempts }
            val service = client.getService(Workshop.ID)
            repeat(3) {
                client.forceReconnect()
                client.awaitConnected(it + 2)
            }
            // The policy is not asked for what the program wants at once.
            attempts.all.shouldBeEmpty()
            proxy.inject(Fault.Cut)
            client.awaitConnected(5)
            attempts.single().flaps shouldBe 1
            service.shouldWork()
        }
}
