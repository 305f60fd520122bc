package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.Serializable

/**
 * Bytes that Python shall receive as a `memoryview` and JavaScript as an `ArrayBuffer` (`_rtype: memoryview`, protocol §4.2), and
 * not as `bytes` and `Uint8Array`, what a `ByteArray` becomes. A received one is [Bytes] where no type is asked for.
 *
 * @property bytes the content; it is not copied.
 */
@Serializable(with = MemoryViewSerializer::class)
public class MemoryView(
    public val bytes: Bytes,
) {
    /** All of [array], not copied. */
    public constructor(array: ByteArray) : this(Bytes(array))

    override fun equals(other: Any?): Boolean = other is MemoryView && other.bytes == bytes

    override fun hashCode(): Int = bytes.hashCode()

    /** Only the size: content does not belong into logs. */
    override fun toString(): String = "MemoryView(size=${bytes.size})"
}
