package io.hypha.rpc.connection

import kotlin.time.Duration

/**
 * The way out over one [link]: how much is being handed to it, and what its server still allows. What belongs to a link that has ended may
 * linger there and disturbs nobody. Not safe for several threads: its owner has a lock.
 */
internal class Exit(
    val link: MeasuredLink,
    private val allowance: Allowance?,
) {
    private var leaving = 0
    private var leavingBytes = 0

    /** One that has waited is being handed over. Only when that is done is anybody else, for the sake of the order. */
    private var granted: Waiter? = null

    /** Small messages may be handed over together, so that several threads can; of large ones, only one is. */
    fun hasRoom(size: Int): Boolean = granted == null && (leaving == 0 || leavingBytes + size <= MOST_BYTES_TOGETHER)

    /** Takes what the server asks for one message. */
    fun take(
        isBeat: Boolean,
        isAlone: Boolean,
    ): Boolean = allowance == null || allowance.take(isBeat, isAlone)

    fun timeUntil(
        isBeat: Boolean,
        isAlone: Boolean,
    ): Duration = allowance?.timeUntil(isBeat, isAlone) ?: Duration.ZERO

    /** Learns from the link how much the server has read; true when it is time to ask the server. */
    fun review(): Boolean = allowance != null && allowance.review(link)

    /** A message of [size] bytes is handed over from now on; by [waiter], if it had to wait. */
    fun enter(
        size: Int,
        waiter: Waiter?,
    ) {
        leaving++
        leavingBytes += size
        if (waiter != null) granted = waiter
    }

    /** That is done. */
    fun leave(
        size: Int,
        waiter: Waiter?,
    ) {
        leaving--
        leavingBytes -= size
        if (waiter != null && granted === waiter) granted = null
    }

    /** [waiter] does not make use of its turn. */
    fun giveBack(waiter: Waiter) {
        leave(waiter.size, waiter)
        allowance?.giveBack()
    }

    private companion object {
        /** As long as it takes to send so much over any usable link, a beat can wait. */
        const val MOST_BYTES_TOGETHER = 64 * 1024
    }
}
