package io.hypha.rpc.hub.workspace

import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter

/**
 * One event that a client logged.
 *
 * @property id grows with every event of a workspace.
 * @property userId who logged it.
 * @property data a plain value.
 */
internal class LoggedEvent(
    val id: Long,
    val type: String,
    private val workspace: String,
    val userId: String,
    val timestamp: Instant,
    private val data: Any?,
) {
    /** The wire form; the time is UTC without a zone, as the reference server writes it. */
    fun toMap(): Map<String, Any?> =
        linkedMapOf(
            "id" to id,
            "event_type" to type,
            "workspace" to workspace,
            "user_id" to userId,
            "timestamp" to FORMAT.format(timestamp),
            "data" to data,
        )

    private companion object {
        val FORMAT: DateTimeFormatter = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC)
    }
}
