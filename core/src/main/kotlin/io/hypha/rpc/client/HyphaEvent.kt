package io.hypha.rpc.client

import io.hypha.rpc.call.CallContext

/**
 * A message that is no call: an event of the server or of another client (protocol §10).
 *
 * @property type what kind of event.
 * @property entries everything in it beside its type and what the server stamps.
 * @property context who sent it, as the server vouches for it; null for events of the server itself and local ones.
 */
public class HyphaEvent internal constructor(
    public val type: String,
    public val entries: Map<String, Any?>,
    public val context: CallContext?,
) {
    /** What it is about. */
    public val data: Any? get() = entries["data"]

    override fun toString(): String = "HyphaEvent($type)"
}
