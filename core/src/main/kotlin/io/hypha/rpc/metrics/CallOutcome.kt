package io.hypha.rpc.metrics

/** How a call ended. */
public enum class CallOutcome {
    /** With a result. */
    Success,

    /** With a failure. */
    Error,

    /** Its caller gave up, or left, before it ended. */
    Cancelled,
}
