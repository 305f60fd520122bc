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

    /**
     * Whether messages of [level] are wanted: the library does not even make those at the level debug that are not. True unless it is overridden;
     * asked often, so the answer must be at hand.
     */
    public fun isEnabled(level: Level): Boolean = true

    /**
     * How much a message matters.
     *
     * `Debug` is for following what happens: calls from their begin to their end, refusals, and what goes wrong in the ordinary course. `Info` and
     * above say nothing as long as nothing is amiss: a connection that comes back is worth an `Info`; one that is lost, a server or peer that
     * misbehaves, or a failure that nobody else hears of, a `Warn`; a fault in the program or the library an `Error`.
     */
    public enum class Level { Debug, Info, Warn, Error }

    public companion object {
        /** Says nothing. */
        @JvmField
        public val Silent: HyphaLogger =
            object : HyphaLogger {
                override fun log(
                    level: Level,
                    message: String,
                    cause: Throwable?,
                ) = Unit

                override fun isEnabled(level: Level): Boolean = false
            }
    }
}
