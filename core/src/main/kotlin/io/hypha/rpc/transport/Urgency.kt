package io.hypha.rpc.transport

/** Which of the messages that wait leave first. */
internal enum class Urgency {
    /** Tells a peer that a call lives or has ended: late, it is worth nothing. */
    Beat,

    /** Brings back on a new link what the server knew of this client; goes before everything else that waits for that link. */
    Restoration,

    /** Ends a call of somebody else's: it waits for a link as long as there may ever be one, for nothing else is left of the call. */
    Reply,

    /** Everything else. */
    Ordinary,
}
