package io.hypha.rpc.hub.socket

private const val LONGEST = 123

/** [reason] as far as it fits into a close frame, 123 bytes of UTF-8 (protocol §1.5). */
internal fun closeText(reason: String): String {
    var end = minOf(reason.length, LONGEST)
    while (reason.substring(0, end).encodeToByteArray().size > LONGEST || (end > 0 && reason[end - 1].isHighSurrogate())) end--
    return reason.substring(0, end)
}
