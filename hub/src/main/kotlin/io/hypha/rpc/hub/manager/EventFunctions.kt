package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.service.ServiceBuilder

private const val MOST_SUBSCRIPTIONS = 1000
private const val LONGEST_TYPE = 256

/** `subscribe` and `unsubscribe` (protocol §10.2). */
internal fun ServiceBuilder.eventFunctions(room: ManagerRoom) {
    managed("subscribe", "Has broadcasts of some types sent to the caller", typedParam<Any?>("event_type")) { call ->
        val client = room.caller(this)
        val types = eventTypes(call["event_type"])
        requireValue(types.all { it.length <= LONGEST_TYPE }) { "A type of events may have at most $LONGEST_TYPE characters" }
        for (type in types) requirePermitted(isAllowed(type, client.workspace)) { forbidden(type, client.workspace) }
        requirePermitted((client.subscriptions + types).size <= MOST_SUBSCRIPTIONS) {
            "A client can subscribe to at most $MOST_SUBSCRIPTIONS types of events"
        }
        client.subscriptions.addAll(types)
        true
    }
    managed("unsubscribe", "Ends what subscribe began", typedParam<Any?>("event_type")) { call ->
        room.caller(this).subscriptions.removeAll(eventTypes(call["event_type"]).toSet())
        true
    }
}

private fun eventTypes(given: Any?): List<String> {
    val types = given as? List<*> ?: listOf(given)
    return types.map { it as? String ?: throw HubProblem("ValueError", "event_type must be text or a list of texts") }
}

/** Names that begin like another workspace are not for the caller. */
private fun isAllowed(
    type: String,
    workspace: String,
): Boolean =
    when {
        '/' in type -> type.startsWith("$workspace/")
        type.startsWith("ws-") -> type == workspace || type.startsWith("$workspace:")
        else -> true
    }

private fun forbidden(
    type: String,
    workspace: String,
): String = "Subscription to event '$type' is forbidden. Events of a workspace are for its own clients, and this one is in $workspace"
