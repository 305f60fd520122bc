package io.hypha.rpc.wire

private const val ALWAYS_KEPT = 4 * 1024
private const val SMALL = 64 * 1024

/**
 * These bytes, or a copy when they are a small part of a large array: whoever keeps an icon should not keep the 16 MiB message
 * around it. Copied is what is under a quarter of the array and also under 64 KiB or a 64th of it, so copying stays cheap.
 */
internal fun Bytes.detached(): Bytes {
    val whole = array.size
    val stays = whole <= ALWAYS_KEPT || size >= whole / 4 || (size >= SMALL && size >= whole / 64)
    return if (stays) this else Bytes(toByteArray())
}
