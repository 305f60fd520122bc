package io.hypha.rpc.wire

import io.hypha.rpc.EncodingException

/** Copies [text] into [target] at [at] as long as it is ASCII; returns how many characters it copied. */
internal fun encodeAscii(
    text: String,
    target: ByteArray,
    at: Int,
): Int {
    val length = text.length
    var i = 0
    while (i < length) {
        val code = text[i].code
        if (code >= 0x80) return i
        target[at + i] = code.toByte()
        i++
    }
    return length
}

/** Writes [text] in UTF-8 to [target] at [at], which has room for three bytes per character; returns the index behind it. */
internal fun encodeUtf8(
    text: String,
    target: ByteArray,
    at: Int,
): Int {
    var to = at
    var i = 0
    while (i < text.length) {
        val code = text[i].code
        when {
            code < 0x80 -> {
                target[to++] = code.toByte()
            }

            code < 0x800 -> {
                target[to++] = (0xc0 or (code shr 6)).toByte()
                target[to++] = (0x80 or (code and 0x3f)).toByte()
            }

            code in 0xd800..0xdfff -> {
                val point = codePointAt(text, i++)
                target[to++] = (0xf0 or (point shr 18)).toByte()
                target[to++] = (0x80 or ((point shr 12) and 0x3f)).toByte()
                target[to++] = (0x80 or ((point shr 6) and 0x3f)).toByte()
                target[to++] = (0x80 or (point and 0x3f)).toByte()
            }

            else -> {
                target[to++] = (0xe0 or (code shr 12)).toByte()
                target[to++] = (0x80 or ((code shr 6) and 0x3f)).toByte()
                target[to++] = (0x80 or (code and 0x3f)).toByte()
            }
        }
        i++
    }
    return to
}

/** Refuses text that UTF-8 cannot carry. */
internal fun requireWellFormed(text: String) {
    var i = 0
    while (i < text.length) {
        if (text[i].isSurrogate()) codePointAt(text, i++)
        i++
    }
}

private fun codePointAt(
    text: String,
    index: Int,
): Int {
    val high = text[index]
    val low = if (index + 1 < text.length) text[index + 1] else ' '
    if (!high.isHighSurrogate() || !low.isLowSurrogate()) {
        throw EncodingException("The text has an unpaired surrogate at index $index, which UTF-8 cannot carry")
    }
    return 0x10000 + ((high.code - 0xd800) shl 10) + (low.code - 0xdc00)
}
