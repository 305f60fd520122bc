package io.hypha.rpc.transport

/** Which of the messages that wait leave first. */
internal enum class Urgency {
    /** Tells a peer that a call lives or has ended: late, it is worth nothing. */
    Beat,

    /** Brings back on a new link what the server knew of this client; goes before everything else that waits for that link. */
    Restoration,

    /** Everything else. */
    Ordinary,
}
