package io.hypha.rpc.client

import io.hypha.rpc.service.textKeys

/** Writes [message] to the log of the workspace, as an event of the type `log`. */
public suspend fun WorkspaceManager.log(message: String) {
    call<Any?>("log", message)
}

/**
 * Writes an event to the log of the workspace. Nobody hears of it: [HyphaConnection.emit] tells other clients.
 *
 * @param type what kind of event; no blanks.
 * @param data what is to be kept; null for nothing.
 */
public suspend fun WorkspaceManager.logEvent(
    type: String,
    data: Map<String, Any?>? = null,
) {
    require(type.isNotEmpty() && type.none(Char::isWhitespace)) { "the type of a logged event has no blanks, but is '$type'" }
    if (data == null) call<Any?>("log_event", type) else call<Any?>("log_event", type, data)
}

/**
 * The events that this user has logged in the workspace.
 *
 * @param type only those of this type; null for all.
 * @param startTime only those from this time on, in ISO 8601 and UTC; some servers do not support it.
 * @param endTime only those up to this time.
 */
public suspend fun WorkspaceManager.getEvents(
    type: String? = null,
    startTime: String? = null,
    endTime: String? = null,
): List<LoggedEvent> = call<List<Any?>>("get_events", kwargs = filters(type, startTime, endTime)).map { LoggedEvent(textKeys(it)) }

/** How many events of each type this user has logged in the workspace; the parameters are those of [getEvents]. */
public suspend fun WorkspaceManager.getEventStats(
    type: String? = null,
    startTime: String? = null,
    endTime: String? = null,
): Map<String, Long> {
    val rows = call<List<Any?>>("get_event_stats", kwargs = filters(type, startTime, endTime))
    return rows.map(::textKeys).associate { (it.text("event_type") ?: "") to ((it["count"] as? Number)?.toLong() ?: 0) }
}

private fun filters(
    type: String?,
    startTime: String?,
    endTime: String?,
): Map<String, Any?> = given("event_type" to type, "start_time" to startTime, "end_time" to endTime)
