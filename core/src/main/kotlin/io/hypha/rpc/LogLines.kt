package io.hypha.rpc

/** Says [message] at the level debug, and makes it only when somebody wants to read it. */
internal inline fun HyphaLogger.debug(message: () -> String) {
    if (isEnabled(HyphaLogger.Level.Debug)) log(HyphaLogger.Level.Debug, message(), null)
}

/**
 * Writes every message on one line of bounded length: names and reasons in it may come from peers, who must not be able to write lines of their
 * own into the log of somebody else.
 */
internal class LogLines(
    private val user: HyphaLogger,
) : HyphaLogger {
    override fun log(
        level: HyphaLogger.Level,
        message: String,
        cause: Throwable?,
    ) {
        guarded { user.log(level, line(message), cause) }
    }

    override fun isEnabled(level: HyphaLogger.Level): Boolean = guarded { user.isEnabled(level) } ?: false

    /** A log that fails must not end a call or a connection, and there is nowhere to say so. */
    private inline fun <R> guarded(use: () -> R): R? =
        try {
            use()
        } catch (
            // An error too: a class that is lacking at run time.
            @Suppress("TooGenericExceptionCaught") _: Throwable,
        ) {
            null
        }

    private fun line(message: String): String {
        val short = if (message.length <= LONGEST) message else message.take(LONGEST) + "…"
        return if (short.none(::breaksLines)) short else short.map { if (breaksLines(it)) ' ' else it }.joinToString("")
    }

    /** Control characters, and the two that only some viewers take for the end of a line. */
    private fun breaksLines(character: Char) = character < ' ' || character in '\u007f'..'\u009f' || character in '\u2028'..'\u2029'

    private companion object {
        const val LONGEST = 2000
    }
}
