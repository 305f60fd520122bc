package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.ProtocolException

/**
 * A point in time as extension −1 carries it; JavaScript sends its dates like this (protocol §2.7).
 *
 * @property seconds since 1970-01-01T00:00:00Z, negative before.
 * @property nanoseconds to add, 0 to 999,999,999.
 */
@InternalHyphaApi
public class WireTimestamp(
    public val seconds: Long,
    public val nanoseconds: Int,
) {
    init {
        require(nanoseconds in 0..LAST_NANOSECOND) { "Nanoseconds must be 0 to $LAST_NANOSECOND" }
    }

    override fun equals(other: Any?): Boolean = other is WireTimestamp && other.seconds == seconds && other.nanoseconds == nanoseconds

    override fun hashCode(): Int = 31 * seconds.hashCode() + nanoseconds

    override fun toString(): String = "WireTimestamp(seconds=$seconds, nanoseconds=$nanoseconds)"

    internal companion object {
        private const val LAST_NANOSECOND = 999_999_999
        private const val SECONDS_BITS = 34

        /** Reads the 4, 8 or 12 bytes of the extension whose value began at byte [at]. */
        fun decode(
            data: Bytes,
            at: Int,
        ): WireTimestamp {
            val array = data.array
            val offset = data.offset
            val seconds: Long
            val nanoseconds: Long
            when (data.size) {
                4 -> {
                    seconds = intAt(array, offset).toLong() and 0xffffffffL
                    nanoseconds = 0
                }

                8 -> {
                    val packed = longAt(array, offset)
                    seconds = packed and ((1L shl SECONDS_BITS) - 1)
                    nanoseconds = packed ushr SECONDS_BITS
                }

                12 -> {
                    seconds = longAt(array, offset + 4)
                    nanoseconds = intAt(array, offset).toLong() and 0xffffffffL
                }

                else -> {
                    throw ProtocolException("A timestamp at byte $at has ${data.size} bytes, it must have 4, 8 or 12")
                }
            }
            if (nanoseconds > LAST_NANOSECOND) {
                throw ProtocolException("A timestamp at byte $at has $nanoseconds nanoseconds, the limit is $LAST_NANOSECOND")
            }
            return WireTimestamp(seconds, nanoseconds.toInt())
        }
    }
}
