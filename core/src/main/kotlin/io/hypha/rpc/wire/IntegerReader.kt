package io.hypha.rpc.wire

/** Reads an integer as 64 bits, which stand for an unsigned number exactly when the first byte [lead] is `UINT64`. */
internal fun WireCursor.readIntegerBits(lead: Int): Long {
    if (lead < WireCodes.FIXMAP || lead >= WireCodes.NEGATIVE_FIXINT) {
        index++
        return lead.toByte().toLong()
    }
    return when (lead) {
        WireCodes.UINT8 -> array[take(2) + 1].toLong() and 0xff
        WireCodes.INT8 -> array[take(2) + 1].toLong()
        WireCodes.UINT16 -> shortAt(array, take(3) + 1).toLong() and 0xffff
        WireCodes.INT16 -> shortAt(array, take(3) + 1).toLong()
        WireCodes.UINT32 -> intAt(array, take(5) + 1).toLong() and 0xffffffffL
        WireCodes.INT32 -> intAt(array, take(5) + 1).toLong()
        WireCodes.UINT64, WireCodes.INT64 -> longAt(array, take(9) + 1)
        else -> throw unexpected("an integer")
    }
}

/** Whether the bits that [readIntegerBits] gave for [lead] are a number beyond `Long.MAX_VALUE`. */
internal fun isBeyondLong(
    lead: Int,
    bits: Long,
): Boolean = bits < 0 && lead == WireCodes.UINT64
