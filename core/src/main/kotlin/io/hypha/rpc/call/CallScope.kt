package io.hypha.rpc.call

/** What a handler sees of the call that it serves. */
public interface CallScope {
    /** Who calls. */
    public val context: CallContext
}
