package io.hypha.rpc.micrometer

/** What the meters are called; registries write the names in the way of their system, such as `hypha_calls_seconds` for Prometheus. */
internal object MeterNames {
    const val CALLS = "hypha.calls"
    const val ACTIVE_CALLS = "hypha.calls.active"
    const val REFUSED_CALLS = "hypha.calls.refused"
    const val FRAMES = "hypha.frames"
    const val BYTES = "hypha.bytes"
    const val WAITING_SENDS = "hypha.sends.waiting"
    const val SEND_WAIT = "hypha.sends.wait"
    const val PACED_SENDS = "hypha.sends.paced"
    const val CONNECTIONS = "hypha.connections"
    const val RECONNECTS = "hypha.reconnects"
    const val RECONNECT_ATTEMPTS = "hypha.reconnect.attempts"
}
