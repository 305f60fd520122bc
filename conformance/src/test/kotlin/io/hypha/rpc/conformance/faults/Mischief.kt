package io.hypha.rpc.conformance.faults

import io.hypha.rpc.client.HyphaConnection
import kotlinx.coroutines.delay
import java.util.concurrent.ConcurrentSkipListMap
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/** Random faults at random places. */
internal class Mischief(
    private val stage: FaultStage,
    private val proxies: List<FaultProxy>,
    private val clients: List<HyphaConnection>,
) {
    private val counts = ConcurrentSkipListMap<String, Int>()

    val total: Int get() = counts.values.sum()

    /** One fault after the other, as [random] has it: at every proxy whose number leaves [hand] when divided by [hands]. */
    suspend fun run(
        random: Random,
        hand: Int,
        hands: Int,
    ) {
        val mine = proxies.filterIndexed { index, _ -> index % hands == hand }
        while (true) {
            delay(random.nextInt(100, 1500).milliseconds)
            fault(mine.random(random), random, mayEndHub = hand == 0)
        }
    }

    private suspend fun fault(
        proxy: FaultProxy,
        random: Random,
        mayEndHub: Boolean,
    ) {
        when (random.nextInt(KINDS)) {
            0, 1 -> now(proxy, Fault.Cut)
            2, 3 -> now(proxy, Fault.Reset)
            4 -> now(proxy, Fault.HalfOpen.ForClient)
            5 -> now(proxy, Fault.HalfOpen.ForServer)
            6 -> now(proxy, Fault.Flap(times = random.nextInt(1, 4), frames = random.nextInt(3)), Fault.Cut)
            7, 8 -> away(proxy, random, Fault.Refuse)
            9 -> away(proxy, random, Fault.Silence)
            10 -> during(proxy, random, Fault.Stall(Way.entries.random(random)))
            11 -> during(proxy, random, Fault.Stall())
            12 -> during(proxy, random, Fault.Delay(random.nextInt(5, 50).milliseconds))
            13 -> during(proxy, random, Fault.Fragments(random.nextInt(1, 2000)))
            14 -> during(proxy, random, Fault.Bandwidth(random.nextInt(100_000, 2_000_000)))
            15 -> clients.random(random).forceReconnect().also { count("forceReconnect") }
            else -> if (mayEndHub) hub(random)
        }
    }

    /** All faults are over; the hub runs. */
    fun end() {
        proxies.forEach { it.heal() }
        if (!stage.isRunning) stage.restartHub()
    }

    private fun now(
        proxy: FaultProxy,
        vararg faults: Fault,
    ) {
        count(faults[0]::class.simpleName + if (faults[0] is Fault.HalfOpen) faults[0].toString() else "")
        faults.forEach(proxy::inject)
    }

    private suspend fun away(
        proxy: FaultProxy,
        random: Random,
        fault: Fault,
    ) {
        now(proxy, fault, Fault.Cut)
        delay(random.nextInt(100, 2000).milliseconds)
        proxy.heal()
    }

    private suspend fun during(
        proxy: FaultProxy,
        random: Random,
        fault: Fault,
    ) {
        now(proxy, fault)
        delay(random.nextInt(100, 5000).milliseconds)
        proxy.heal()
    }

    private suspend fun hub(random: Random) {
        if (random.nextBoolean()) {
            count("hub killed")
            stage.killHub()
        } else {
            count("hub stopped")
            stage.stopHub()
        }
        delay(random.nextInt(2000).milliseconds)
        stage.restartHub()
    }

    private fun count(what: String) = counts.merge(what, 1, Int::plus)

    override fun toString(): String = counts.entries.joinToString(", ") { "${it.key} ${it.value}" }

    private companion object {
        const val KINDS = 18
    }
}
