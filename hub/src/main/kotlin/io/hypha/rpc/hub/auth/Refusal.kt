package io.hypha.rpc.hub.auth

/**
 * A connection is not accepted (protocol §1.3).
 *
 * @property code the WebSocket close code.
 */
internal class Refusal(
    val code: Int,
    message: String,
) : Exception(message, null, false, false) {
    companion object {
        const val GOING_AWAY = 1001
        const val UNREADABLE = 1003
        const val POLICY = 1008
        const val TOO_BIG = 1009
        const val TRY_LATER = 1013

        /** The set-up failed because of [why]. */
        fun setUp(why: String): Refusal = Refusal(GOING_AWAY, "Failed to establish connection: $why")

        /** The credentials are good, but not for this. */
        fun user(why: String): Refusal = setUp("Failed to authenticate user: $why")

        /** The credentials are no good. */
        fun credentials(problem: TokenProblem): Refusal =
            if (problem.message == Tokens.REVOKED) {
                user(Tokens.REVOKED)
            } else {
                Refusal(POLICY, "Authentication error: ${problem.message}")
            }
    }
}
