package io.hypha.rpc.call

/**
 * The line of a received error text that says what went wrong, as a type and a message where it has both. Python sends a whole traceback for
 * some failures, and every hop through an older client puts its own words in front (protocol §3.8).
 *
 * @property line the line, without the words of hops.
 * @property type what stands before the colon when that looks like the name of an exception.
 * @property message the rest of the line.
 */
internal class ErrorText(
    text: String,
) {
    /** All of the text, without the words of hops in front. */
    val whole: String = withoutHops(text.trim())
    val line: String = withoutHops(headline(whole))
    private val match = if (line.length <= LONGEST_TYPED) typed.matchEntire(line) else null
    val type: String? = match?.groupValues?.get(1)
    val message: String = match?.groupValues?.get(2) ?: line

    private companion object {
        const val TRACEBACK = "Traceback (most recent call last):"
        val typed = Regex("""((?:[A-Za-z_]\w*\.)*[A-Z]\w*): (.*)""")

        /** `RemoteError:` of Python, `Error: RemoteError: ` of JavaScript, and Python's class for what it received. */
        val hop = Regex("""^(?:(?:Error|(?:\w+\.)*RemoteException): *)?RemoteError: *""")

        /** Regular expressions recurse on the JVM: what a peer sends must not be long enough for them to run out of stack. */
        const val LONGEST_TYPED = 1024
        const val LONGEST_HOP = 256
        const val MOST_HOPS = 64

        fun withoutHops(text: String): String {
            var at = 0
            repeat(MOST_HOPS) {
                val found = hop.find(text.substring(at, minOf(at + LONGEST_HOP, text.length))) ?: return text.substring(at)
                at += found.value.length
            }
            return text.substring(at)
        }

        /** The frames of a traceback are indented; the first line after the innermost ones that is not is the exception. */
        fun headline(text: String): String {
            val traceback = text.lastIndexOf(TRACEBACK)
            if (traceback < 0) {
                return text
                    .lineSequence()
                    .firstOrNull { it.isNotBlank() }
                    ?.trim()
                    .orEmpty()
            }
            val lines = text.substring(traceback + TRACEBACK.length).lineSequence().filter { it.isNotBlank() }
            return (lines.firstOrNull { !it.first().isWhitespace() } ?: lines.lastOrNull()).orEmpty().trim()
        }
    }
}
