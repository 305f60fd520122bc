package io.hypha.rpc.client

/**
 * An event that was written to the log of a workspace. It has nothing to do with [HyphaEvent], which is sent and not kept.
 *
 * @property entries everything that the server says.
 */
public class LoggedEvent internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** The server's number or text for it; empty when there is none. */
    public val id: String get() = entries["id"]?.toString() ?: ""

    /** What kind of event. */
    public val type: String get() = entries.text("event_type") ?: ""

    /** The workspace in whose log it stands. */
    public val workspace: String get() = entries.text("workspace") ?: ""

    /** The user who logged it. */
    public val userId: String get() = entries.text("user_id") ?: ""

    /** When it was logged, in the server's words: as a rule ISO 8601 in UTC without a zone, such as `2026-11-21T04:45:00.123`. */
    public val timestamp: String get() = entries["timestamp"]?.toString() ?: ""

    /** What was logged. */
    public val data: Any? get() = entries["data"]

    override fun toString(): String = "LoggedEvent($type)"
}
