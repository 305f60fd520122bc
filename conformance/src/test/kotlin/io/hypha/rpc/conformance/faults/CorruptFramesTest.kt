package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import io.hypha.rpc.client.HyphaConnection
import io.kotest.assertions.withClue
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds

/**
 * Bits that flip on the way. A WebSocket has no checksum, so a damaged number can arrive as another number; that is for TCP and TLS to
 * prevent. What is promised: no call hangs, none fails without a name, and the client is of use afterwards.
 */
class CorruptFramesTest {
    @ParameterizedTest
    @EnumSource(Way::class)
    fun `a damaged frame header costs the link at most, and what was on its way ends`(way: Way) =
        survives(way) { Fault.Corrupt(way, offset = -1 - it.nextInt(2), bits = 1 shl it.nextInt(Byte.SIZE_BITS)) }

    @ParameterizedTest
    @EnumSource(Way::class)
    fun `a damaged routing header costs its message at most`(way: Way) =
        survives(way) { Fault.Corrupt(way, offset = it.nextInt(ROUTING_HEADER), bits = 1 shl it.nextInt(Byte.SIZE_BITS)) }

    @ParameterizedTest
    @EnumSource(Way::class)
    fun `a damaged payload costs its message at most`(way: Way) =
        survives(way) { Fault.Corrupt(way, ROUTING_HEADER + it.nextInt(PAYLOAD), bits = 1 shl it.nextInt(Byte.SIZE_BITS)) }

    private fun survives(
        way: Way,
        fault: (Random) -> Fault,
    ) = FaultStage.test {
        val seed = Random.nextLong()
        val random = Random(seed)
        withClue("seed $seed") {
            val workshop = Workshop()
            workshop.open(connect())
            val proxy = proxy()
            val caller =
                connect(proxy) {
                    timeout = 1.seconds
                    pingTimeout = 1.seconds
                }
            val service = caller.getService(Workshop.ID)
            repeat(ROUNDS) { round ->
                proxy.inject(fault(random))
                val outcomes =
                    coroutineScope {
                        List(
                            CALLS,
                        ) { async { runCatching { service.call<String>("work", "$way-$round-$it-" + "x".repeat(PAYLOAD)) } } }.awaitAll()
                    }
                outcomes.mapNotNull { it.exceptionOrNull() }.filterNot { it is HyphaException } shouldBe emptyList()
                proxy.heal()
            }
            workshop.repeated.shouldBeEmpty()
            caller.shouldBeOfUse()
        }
    }

    /** A link that was damaged may end a little later: a call can still be lost with it. */
    private suspend fun HyphaConnection.shouldBeOfUse() {
        while (runCatching { getService(Workshop.ID).shouldWork() }.onFailure { if (it !is HyphaException) throw it }.isFailure) continue
        statistics.sessions shouldBe 0
    }

    @Test
    fun `damage that never ends is survived as well`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val caller =
                connect(proxy) {
                    timeout = 1.seconds
                    pingTimeout = 1.seconds
                }
            val service = caller.getService(Workshop.ID)
            for (way in Way.entries) proxy.inject(Fault.Corrupt(way, offset = 0, bits = 0x80, frames = Int.MAX_VALUE))
            val failures = List(3) { runCatching { service.call<Long>("add", 1, 2) }.exceptionOrNull() }
            failures.filterNot { it is HyphaException } shouldBe emptyList()
            proxy.heal()
            caller.shouldBeOfUse()
        }

    private companion object {
        const val ROUNDS = 4
        const val CALLS = 5
        const val ROUTING_HEADER = 150
        const val PAYLOAD = 100
    }
}
