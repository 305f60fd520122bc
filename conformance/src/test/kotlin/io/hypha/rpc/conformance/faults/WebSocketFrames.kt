package io.hypha.rpc.conformance.faults

import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.InputStream
import java.io.OutputStream

/** WebSocket frames as a server reads and writes them, without any rule of what may follow what. */
internal class WebSocketFrames(
    input: InputStream,
    output: OutputStream,
) {
    private val input = DataInputStream(input)
    private val output = DataOutputStream(output.buffered())

    class Frame(
        val opcode: Int,
        val payload: ByteArray,
    )

    /** The next frame of the client; clients mask. */
    fun read(): Frame {
        val opcode = input.readUnsignedByte() and OPCODE
        val short = input.readUnsignedByte() and SHORT_LENGTH
        val size =
            when (short) {
                TWO_BYTES -> input.readUnsignedShort()
                EIGHT_BYTES -> Math.toIntExact(input.readLong())
                else -> short
            }
        val mask = ByteArray(MASK_BYTES).also(input::readFully)
        val payload = ByteArray(size).also(input::readFully)
        for (index in payload.indices) payload[index] = (payload[index].toInt() xor mask[index % MASK_BYTES].toInt()).toByte()
        return Frame(opcode, payload)
    }

    @Synchronized
    fun write(
        opcode: Int,
        payload: ByteArray,
    ) {
        output.writeByte(FINAL or opcode)
        when {
            payload.size < TWO_BYTES -> {
                output.writeByte(payload.size)
            }

            payload.size <= LARGEST_SHORT -> {
                output.writeByte(TWO_BYTES)
                output.writeShort(payload.size)
            }

            else -> {
                output.writeByte(EIGHT_BYTES)
                output.writeLong(payload.size.toLong())
            }
        }
        output.write(payload)
        output.flush()
    }

    companion object {
        const val TEXT = 1
        const val BINARY = 2
        const val CLOSE = 8
        private const val FINAL = 0x80
        private const val OPCODE = 0xf
        private const val SHORT_LENGTH = 0x7f
        private const val TWO_BYTES = 126
        private const val EIGHT_BYTES = 127
        private const val MASK_BYTES = 4
        private const val LARGEST_SHORT = 0xffff
    }
}
