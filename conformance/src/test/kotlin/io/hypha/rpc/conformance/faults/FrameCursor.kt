package io.hypha.rpc.conformance.faults

/** Follows a WebSocket byte by byte, from the HTTP upgrade on: says where in which frame each byte stands. */
internal class FrameCursor {
    /** How many frames have passed as a whole. */
    var frames = 0
        private set
    private var newlines = 0
    private var isUpgraded = false
    private val header = ByteArray(LONGEST_HEADER)
    private var headerSize = 0
    private var headerTarget = SHORTEST_HEADER
    private var left = 0L

    /** Whether the frame of the last byte is a binary one. */
    val isBinary: Boolean get() = header[0].toInt() and OPCODE == BINARY

    /** Where the last byte stands: its index in the payload; -1 and less in the header, counted from its first byte; null in HTTP. */
    var offset: Int? = null
        private set
    private var payloadSize = 0L

    fun advance(byte: Byte) {
        when {
            !isUpgraded -> http(byte)
            left > 0 -> payload()
            else -> header(byte)
        }
    }

    private fun http(byte: Byte) {
        offset = null
        if (byte == '\n'.code.toByte()) {
            newlines++
        } else if (byte != '\r'.code.toByte()) {
            newlines = 0
        }
        isUpgraded = newlines == 2
    }

    private fun payload() {
        offset = (payloadSize - left).toInt()
        if (--left == 0L) frames++
    }

    private fun header(byte: Byte) {
        if (headerSize == headerTarget) {
            headerSize = 0
            headerTarget = SHORTEST_HEADER
        }
        header[headerSize++] = byte
        offset = -headerSize
        if (headerSize == SHORTEST_HEADER) headerTarget = SHORTEST_HEADER + lengthBytes() + if (isMasked()) MASK_BYTES else 0
        if (headerSize < headerTarget) return
        payloadSize = length()
        left = payloadSize
        if (left == 0L) frames++
    }

    private fun short() = header[1].toInt() and SHORT_LENGTH

    private fun isMasked() = header[1] < 0

    private fun lengthBytes() =
        when (short()) {
            TWO_BYTES -> Short.SIZE_BYTES
            EIGHT_BYTES -> Long.SIZE_BYTES
            else -> 0
        }

    private fun length(): Long {
        if (lengthBytes() == 0) return short().toLong()
        return header.slice(SHORTEST_HEADER until SHORTEST_HEADER + lengthBytes()).fold(0L) { sum, byte ->
            (sum shl Byte.SIZE_BITS) or (byte.toLong() and BYTE)
        }
    }

    private companion object {
        const val LONGEST_HEADER = 14
        const val SHORTEST_HEADER = 2
        const val MASK_BYTES = 4
        const val OPCODE = 0xf
        const val BINARY = 2
        const val SHORT_LENGTH = 0x7f
        const val TWO_BYTES = 126
        const val EIGHT_BYTES = 127
        const val BYTE = 0xffL
    }
}
