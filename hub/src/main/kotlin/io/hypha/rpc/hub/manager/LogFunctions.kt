package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.Parameter
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.PlainTree
import io.hypha.rpc.hub.workspace.EventLog
import io.hypha.rpc.hub.workspace.LoggedEvent
import io.hypha.rpc.service.FunctionCall
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `log`, `log_event`, `get_events` and `get_event_stats` (protocol §8.1). Everybody reads only what the same user logged. */
internal fun ServiceBuilder.logFunctions(room: ManagerRoom) {
    managed("log", "Keeps a message in the event log", typedParam<Any?>("msg")) { call ->
        room.log(room.caller(this, WorkspacePermission.ReadWrite), "log", call["msg"])
        null
    }
    managed(
        "log_event",
        "Keeps an event in the event log of the workspace",
        typedParam<String>("event_type"),
        typedParam<Any?>("data", default = null),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        room.log(client, call.argument("event_type"), call["data"])
        null
    }
    managed("get_events", "Returns the events that the caller logged", *filter) { call ->
        room.logged(room.caller(this, WorkspacePermission.Read), call).map { it.toMap() }
    }
    managed("get_event_stats", "Counts the events that the caller logged by their types", *filter) { call ->
        val events = room.logged(room.caller(this, WorkspacePermission.Read), call)
        events.groupingBy { it.type }.eachCount().map { (type, count) -> mapOf("event_type" to type, "count" to count) }
    }
}

private val filter: Array<Parameter> =
    arrayOf(
        typedParam<String?>("event_type", default = null),
        typedParam<Any?>("start_time", "A text such as 2026-01-31T12:00:00, in UTC without a zone; or epoch seconds", default = null),
        typedParam<Any?>("end_time", "The same; what happened then is included", default = null),
    )

/** Adds an event to the log of the workspace in which [client] is. */
internal fun ManagerRoom.log(
    client: HubClient,
    type: String,
    data: Any?,
) {
    requireValue(type.isNotEmpty() && ' ' !in type) { "Event type must not contain spaces, and not be empty" }
    requireValue(type.length <= LONGEST_TYPE) { "Event type must not be longer than $LONGEST_TYPE characters" }
    val plain = PlainTree.of(data, "The data of an event", EventLog.LARGEST_DATA)
    contents(client).events.add(type, client.workspace, client.user.id, plain)
}

private fun ManagerRoom.logged(
    client: HubClient,
    call: FunctionCall,
): List<LoggedEvent> {
    val type = call.argument<String?>("event_type")
    val start = timeOf(call["start_time"], "start_time")
    val end = timeOf(call["end_time"], "end_time")
    return contents(client).events.find {
        it.userId == client.user.id &&
            (type == null || it.type == type) &&
            (start == null || it.timestamp >= start) &&
            (end == null || it.timestamp <= end)
    }
}

private const val LONGEST_TYPE = 256
