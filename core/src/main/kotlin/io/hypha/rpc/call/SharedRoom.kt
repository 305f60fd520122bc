package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock

/**
 * Room for what clients have this one hold: so many things, so many bytes. A client that holds something gets more only while that is at most
 * [SHARE] times what is free, so that one alone gets seven eighths and never all: another client always finds room. The more clients take
 * as much as they can, the less each gets.
 */
internal class SharedRoom(
    private val maxItems: Int,
    private val maxBytes: Long,
) {
    private val lock = Lock()
    private val holdings = HashMap<String, Holding>()
    private var items = 0
    private var bytes = 0L

    /** Takes room for [count] things of [size] bytes in all; false when there is none for [owner]. */
    fun tryTake(
        owner: String,
        size: Long,
        count: Int = 1,
    ): Boolean =
        lock.withLock {
            val fits = fits(holdings[owner], size, count)
            if (fits) add(owner, size, count)
            fits
        }

    /** The same, but something is always taken while there is nothing else, however large. */
    fun tryTakeOrFirst(
        owner: String,
        size: Long,
    ): Boolean =
        lock.withLock {
            val fits = items == 0 || fits(holdings[owner], size, 1)
            if (fits) add(owner, size, 1)
            fits
        }

    /** Gives back room that was taken. */
    fun free(
        owner: String,
        size: Long,
        count: Int = 1,
    ) {
        lock.withLock { add(owner, -size, -count) }
    }

    private fun fits(
        holding: Holding?,
        size: Long,
        count: Int,
    ): Boolean {
        val freeItems = maxItems - items
        val freeBytes = maxBytes - bytes - size
        if (freeItems < count || freeBytes < 0) return false
        if (holding == null) return true
        // What takes no place, or replaces as many bytes or more, needs no share of them.
        val fitsItems = count == 0 || holding.items < SHARE * freeItems
        val fitsBytes = size <= 0 || holding.bytes / SHARE <= freeBytes
        return fitsItems && fitsBytes
    }

    private fun add(
        owner: String,
        size: Long,
        count: Int,
    ) {
        items += count
        bytes += size
        val holding = holdings.getOrPut(owner) { Holding() }
        holding.items += count
        holding.bytes += size
        if (holding.items == 0 && holding.bytes == 0L) holdings -= owner
    }

    private class Holding {
        var items = 0
        var bytes = 0L
    }

    private companion object {
        const val SHARE = 7
    }
}
