package io.hypha.rpc.wire

/** Longer text is encoded by the platform, whose bulk conversion beats a loop there. */
private const val DIRECT = 256
private const val LONGEST_HEAD = 5

/** Writes text: short text straight into the buffer, in one pass when it is ASCII. */
internal fun GatherBuffer.writeText(text: String) {
    val length = text.length
    if (length > DIRECT) {
        requireWellFormed(text)
        val encoded = text.encodeToByteArray()
        textHead(encoded.size)
        append(Bytes(encoded))
        return
    }
    ensure(LONGEST_HEAD + length)
    if (encodeAscii(text, array, position + headSize(length)) == length) {
        textHead(length)
        position += length
    } else {
        writeShortText(text)
    }
}

/** The head may turn out longer than the number of characters promised: then the text moves by a byte or two. */
private fun GatherBuffer.writeShortText(text: String) {
    ensure(LONGEST_HEAD + 3 * text.length)
    val guessed = position + headSize(text.length)
    val end = encodeUtf8(text, array, guessed)
    val size = end - guessed
    val from = position + headSize(size)
    if (from != guessed) array.copyInto(array, from, guessed, end)
    textHead(size)
    position += size
}

private fun headSize(size: Int): Int =
    when {
        size < 0x20 -> 1
        size <= 0xff -> 2
        size <= 0xffff -> 3
        else -> LONGEST_HEAD
    }

private fun GatherBuffer.textHead(size: Int) {
    when {
        size < 0x20 -> put8(WireCodes.FIXSTR or size)
        size <= 0xff -> head8(WireCodes.STR8, size)
        size <= 0xffff -> head16(WireCodes.STR16, size)
        else -> head32(WireCodes.STR32, size)
    }
}
