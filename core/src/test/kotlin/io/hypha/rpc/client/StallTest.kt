package io.hypha.rpc.client

import io.hypha.rpc.testing.AgreeingPeer
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.StallingLink
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.LinkedPair
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Messages leave evenly, but a network or a busy server that stands still lets them arrive all at once, and the server counts them then. */
@OptIn(ExperimentalCoroutinesApi::class)
class StallTest {
    /** Makes 6,000 calls, while nothing is read from [from] on for [time]. */
    private fun stall(
        from: Duration,
        time: Duration,
    ) = runTest {
        val pair = LinkedPair(infoOf("alice"), infoOf("peer"), capacity = 20_000)
        val link = StallingLink(pair.left, backgroundScope, { currentTime.milliseconds })
        val alice = connectOver(link) { }
        try {
            val function = functionOf(ScriptedPeer(pair.right), alice)
            AgreeingPeer(pair.right).startIn(backgroundScope)
            val begin = currentTime.milliseconds
            val calls = List(6000) { async { function(it) } }
            if (!from.isPositive()) link.stallsUntil = begin + time
            async {
                kotlinx.coroutines.delay(from)
                link.stallsUntil = begin + from + time
            }
            calls.awaitAll()
            link.tooFast shouldBe 0
            link.read shouldBeGreaterThan 6000
        } finally {
            alice.close()
            alice.awaitClosed()
        }
    }

    @Test
    fun `nothing is read for two seconds while the first burst leaves`() = stall(Duration.ZERO, 2.seconds)

    @Test
    fun `nothing is read for twelve seconds, just after the first burst`() = stall(100.milliseconds, 12.seconds)

    @Test
    fun `nothing is read for fifteen seconds in the middle of it all`() = stall(10.seconds, 15.seconds)
}
