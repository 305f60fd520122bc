package io.hypha.rpc.wire

import kotlin.random.Random

/** Recorded frames with random damage: flipped bits, other first bytes, inserted, removed, doubled and exchanged stretches. */
internal class FrameMutations(
    seed: Int,
) {
    private val random = Random(seed)
    private val frames = RecordedFrame.all.map { it.bytes }

    fun next(): ByteArray {
        var bytes = frames.random(random).copyOf()
        repeat(random.nextInt(1, 5)) { bytes = damage(bytes) }
        return bytes
    }

    private fun damage(bytes: ByteArray): ByteArray {
        if (bytes.isEmpty()) return random.nextBytes(4)
        val at = random.nextInt(bytes.size)
        val to = minOf(bytes.size, at + random.nextInt(20))
        return when (random.nextInt(7)) {
            0 -> bytes.apply { this[at] = (this[at].toInt() xor (1 shl random.nextInt(8))).toByte() }
            1, 2 -> bytes.apply { this[at] = random.nextInt(0x80, 0x100).toByte() }
            3 -> bytes.copyOf(at) + random.nextBytes(random.nextInt(8)) + bytes.copyOfRange(at, bytes.size)
            4 -> bytes.copyOf(at) + bytes.copyOfRange(to, bytes.size)
            5 -> bytes.copyOf(to) + bytes.copyOfRange(at, bytes.size)
            else -> frames.random(random).let { other -> bytes.copyOf(at) + other.copyOfRange(minOf(at, other.size), other.size) }
        }
    }
}
