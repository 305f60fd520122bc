package io.hypha.rpc.conformance.provider

import io.hypha.rpc.wire.Bytes
import java.security.MessageDigest

/** Byte i is (31 i + 7) mod 256: large values that both sides can compute. */
internal fun patternBytes(size: Int): ByteArray = ByteArray(size) { (31 * it + 7).toByte() }

/** Element i is i / 4, exact as a float64. */
internal fun patternFloats(length: Int): DoubleArray = DoubleArray(length) { it / 4.0 }

internal fun sha256(bytes: ByteArray): String = sha256(Bytes(bytes))

internal fun sha256(bytes: Bytes): String {
    val digest = MessageDigest.getInstance("SHA-256")
    digest.update(bytes.array, bytes.offset, bytes.size)
    return digest.digest().joinToString("") { "%02x".format(it) }
}

/** The bytes of [values] as they travel. */
internal fun littleEndian(values: DoubleArray): ByteArray {
    val buffer =
        java.nio.ByteBuffer
            .allocate(values.size * Double.SIZE_BYTES)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
    buffer.asDoubleBuffer().put(values)
    return buffer.array()
}
