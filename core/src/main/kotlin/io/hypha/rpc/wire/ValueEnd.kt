package io.hypha.rpc.wire

/**
 * The index behind the value that starts at [from], found without recursion and without looking into text. [end] is where the
 * message ends and [base] where it begins, for error messages.
 *
 * Every value takes at least one byte, so a count of open values beyond the bytes left ends the walk at once: it is linear in
 * the bytes, whatever sizes are declared.
 */
internal fun endOfValue(
    array: ByteArray,
    from: Int,
    end: Int,
    base: Int,
): Int {
    var index = from
    var open = 1L
    while (open > 0) {
        if (open > end - index) throw truncated("a value", from - base, open + (index - from), end - from)
        val lead = array[index].toInt() and 0xff
        open--
        when {
            lead < WireCodes.FIXMAP || lead >= WireCodes.NEGATIVE_FIXINT -> {
                index++
            }

            lead < WireCodes.FIXARRAY -> {
                open += 2 * (lead and 0x0f)
                index++
            }

            lead < WireCodes.FIXSTR -> {
                open += lead and 0x0f
                index++
            }

            lead in WireCodes.ARRAY16..WireCodes.MAP32 -> {
                val width = if (lead and 1 == 0) 2 else 4
                val count = declared(array, index, width, end, base)
                open += if (lead >= WireCodes.MAP16) 2 * count else count
                index += 1 + width
            }

            else -> {
                val size = sizeOfScalar(array, index, lead, end, base)
                if (size > end - index) throw truncated("a value", index - base, size, end - index)
                index += size.toInt()
            }
        }
    }
    return index
}

/** Bytes that a value without elements takes, its first byte included. */
private fun sizeOfScalar(
    array: ByteArray,
    index: Int,
    lead: Int,
    end: Int,
    base: Int,
): Long =
    when (lead) {
        in WireCodes.FIXSTR until WireCodes.NIL -> 1L + (lead and 0x1f)
        WireCodes.NIL, WireCodes.FALSE, WireCodes.TRUE -> 1
        WireCodes.UINT8, WireCodes.INT8 -> 2
        WireCodes.UINT16, WireCodes.INT16 -> 3
        WireCodes.UINT32, WireCodes.INT32, WireCodes.FLOAT32 -> 5
        WireCodes.UINT64, WireCodes.INT64, WireCodes.FLOAT64 -> 9
        in WireCodes.FIXEXT1..WireCodes.FIXEXT16 -> 2L + (1 shl (lead - WireCodes.FIXEXT1))
        WireCodes.BIN8, WireCodes.STR8 -> 2 + declared(array, index, 1, end, base)
        WireCodes.BIN16, WireCodes.STR16 -> 3 + declared(array, index, 2, end, base)
        WireCodes.BIN32, WireCodes.STR32 -> 5 + declared(array, index, 4, end, base)
        WireCodes.EXT8 -> 3 + declared(array, index, 1, end, base)
        WireCodes.EXT16 -> 4 + declared(array, index, 2, end, base)
        WireCodes.EXT32 -> 6 + declared(array, index, 4, end, base)
        else -> throw unknownLead(index - base)
    }

private fun declared(
    array: ByteArray,
    index: Int,
    width: Int,
    end: Int,
    base: Int,
): Long {
    if (width >= end - index) throw truncated("a value", index - base, 1L + width, end - index)
    return when (width) {
        1 -> array[index + 1].toLong() and 0xff
        2 -> shortAt(array, index + 1).toLong() and 0xffff
        else -> intAt(array, index + 1).toLong() and 0xffffffffL
    }
}
