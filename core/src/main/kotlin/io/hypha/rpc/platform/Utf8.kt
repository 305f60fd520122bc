package io.hypha.rpc.platform

import io.hypha.rpc.ProtocolException
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.CodingErrorAction

private const val REPLACEMENT = '\uFFFD'

/**
 * Decodes [size] bytes of UTF-8 and refuses what is not valid (protocol §2.7).
 *
 * The JDK's own decoder is the fastest for ASCII, but it puts U+FFFD where bytes are wrong. So only a text that contains that
 * character is looked at again, to tell a replacement from one that was sent.
 */
internal fun decodeUtf8(
    array: ByteArray,
    offset: Int,
    size: Int,
): String {
    val text = String(array, offset, size, Charsets.UTF_8)
    if (text.indexOf(REPLACEMENT) >= 0) requireValid(array, offset, size)
    return text
}

private fun requireValid(
    array: ByteArray,
    offset: Int,
    size: Int,
) {
    val input = ByteBuffer.wrap(array, offset, size)
    val decoder =
        Charsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
    try {
        decoder.decode(input)
    } catch (e: CharacterCodingException) {
        // Through Buffer: the covariant methods of ByteBuffer do not exist on Android 24.
        val at = (input as Buffer).position() - offset
        throw ProtocolException("Invalid UTF-8 at byte $at of a text of $size bytes", e)
    }
}
