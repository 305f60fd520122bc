package io.hypha.rpc.connection

import io.hypha.rpc.transport.ConnectionInfo
import kotlin.math.floor

/**
 * How many binary messages a client may send: [rate] a second in the long run, and [burst] at once above that. A rate of 0 stands for any
 * number.
 */
internal class SendLimits private constructor(
    val rate: Double,
    val burst: Double,
) {
    val isUnlimited: Boolean get() = rate == 0.0

    /** What beats get of it before others. */
    fun forBeats(): SendLimits = SendLimits(rate / 2, (burst / 2).coerceIn(1.0, MOST_BEATS_AT_ONCE))

    companion object {
        /**
         * What fits the server of [info]: nine tenths of what it announces, or of what servers that announce nothing allow (protocol §1.8),
         * because messages that left evenly may arrive closer together. Announcements that cannot be meant count as none.
         *
         * @param rate the option, which is taken as it is; null for none.
         * @param burst the same for the burst.
         * @param slowdowns how often the server has ended a link of this client for its rate.
         */
        fun of(
            info: ConnectionInfo,
            rate: Double?,
            burst: Int?,
            slowdowns: Int,
        ): SendLimits {
            val announcedRate = info.messageRate?.takeIf { it == 0.0 || (it.isFinite() && it >= LOWEST_RATE) }
            val announcedBurst = info.messageBurst?.takeIf { it.isFinite() && it >= 0 }
            var perSecond = rate ?: ((announcedRate ?: RATE) * SHARE)
            if (perSecond == 0.0) {
                if (slowdowns == 0) return SendLimits(0.0, 0.0)
                // It said that there was no limit, and has one.
                perSecond = RATE * SHARE
            }
            val atOnce = burst?.toDouble() ?: floor((announcedBurst ?: burstFor(announcedRate)) * SHARE)
            val factor = 1.0 / (1L shl slowdowns.coerceAtMost(MAX_SLOWDOWNS))
            return SendLimits((perSecond * factor).coerceAtLeast(slowest(perSecond)), (atOnce * factor).coerceAtLeast(1.0))
        }

        /** Halving ends at one message a second; who asks for less has less. */
        private fun slowest(rate: Double) = minOf(rate, 1.0)

        /** Of a server that announces a low rate only, no more at once than in ten seconds. */
        private fun burstFor(announcedRate: Double?): Double =
            if (announcedRate == null || announcedRate == 0.0) BURST else minOf(BURST, announcedRate * BURST / RATE)

        private const val MOST_BEATS_AT_ONCE = 32.0
        private const val RATE = 200.0
        private const val BURST = 2000.0
        private const val SHARE = 0.9

        /** One message a minute. */
        private const val LOWEST_RATE = 1.0 / 60
        private const val MAX_SLOWDOWNS = 40
    }
}
