package io.hypha.rpc.hub.route

import io.hypha.rpc.wire.Bytes

/** Entries of a map that are copied unread, as ranges of the frame; neighbours are one range. */
internal class KeptEntries {
    private var bounds = IntArray(8)
    private var used = 0

    /** How many entries there are. */
    var entries = 0
        private set

    /** How many bytes they take. */
    var size = 0
        private set

    fun add(
        from: Int,
        to: Int,
    ) {
        entries++
        size += to - from
        if (used > 0 && bounds[used - 1] == from) {
            bounds[used - 1] = to
            return
        }
        if (used == bounds.size) bounds = bounds.copyOf(used * 2)
        bounds[used++] = from
        bounds[used++] = to
    }

    /** Copies the entries into [target] from [targetOffset] on and returns the index behind them. */
    fun copyInto(
        target: ByteArray,
        targetOffset: Int,
        frame: Bytes,
    ): Int {
        var at = targetOffset
        for (range in 0 until used step 2) {
            val from = frame.offset + bounds[range]
            val to = frame.offset + bounds[range + 1]
            frame.array.copyInto(target, at, from, to)
            at += to - from
        }
        return at
    }
}
