package io.hypha.rpc.conformance.faults

/** Which way bytes go through a [FaultProxy]. */
enum class Way {
    /** From the client to the server. */
    Up,

    /** From the server to the client. */
    Down,
}
