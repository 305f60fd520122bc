package io.hypha.rpc

import kotlin.jvm.JvmField

/**
 * Where the library says what it does. It is silent unless a logger is given. Messages never hold a payload, a token or a key.
 *
 * Implementations are called from any thread and must return quickly.
 */
public fun interface HyphaLogger {
    /** One message; [cause] is the failure that it tells of, if there is one. */
    public fun log(
        level: Level,
        message: String,
        cause: Throwable?,
    )

    /** How much a message matters. */
    public enum class Level { Debug, Info, Warn, Error }

    public companion object {
        /** Says nothing. */
        @JvmField
        public val Silent: HyphaLogger = HyphaLogger { _, _, _ -> }
    }
}
