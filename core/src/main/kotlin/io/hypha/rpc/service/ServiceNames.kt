package io.hypha.rpc.service

private const val FORBIDDEN_IN_IDS = "/:@.* "

/** Ids stand in `workspace/client:service@app` and in dotted paths, so they hold none of these marks (protocol §7.1, §15.2 Q32). */
internal fun requireServiceId(id: String) {
    require(id.isNotEmpty()) { "a service needs an id" }
    require(!id.startsWith(INTERFACE_ID)) { "the service id '$id' begins with '$INTERFACE_ID'; such ids are those of interface objects" }
    val bad = id.firstOrNull { it in FORBIDDEN_IN_IDS }
    require(bad == null) { "the service id '$id' holds '$bad'; the characters $FORBIDDEN_IN_IDS cannot be part of one" }
}

/** How the ids of the hidden services begin that stand for interface objects (protocol §4.5). */
internal const val INTERFACE_ID: String = "_rintf_"

/** A list of workspaces holds ids only; a pattern in it would look as if it meant something. */
internal fun requireWorkspaceId(id: String) {
    require(id.isNotBlank()) { "authorizedWorkspaces holds an empty id; leave it out" }
    val bad = id.firstOrNull { it in "/:@* " }
    require(bad == null) { "authorizedWorkspaces holds '$id'; the id of a workspace has no '$bad', and there are no patterns" }
}

/** Names are steps of a dotted path; those that begin with `_` are not for others (protocol §7.1). */
internal fun requireMemberName(name: String) {
    require(name.isNotEmpty()) { "a member of a service needs a name" }
    require('.' !in name) { "the name '$name' holds a dot; for nested names use group(\"${name.substringBefore('.')}\")" }
    require(!name.startsWith("_")) { "the name '$name' begins with '_'; such names are reserved" }
}

/** At the top of a service some names are its own properties (protocol §7.1). */
internal fun requireFreeName(name: String) {
    require(name !in serviceProperties) { "the name '$name' is taken by the service itself: ${serviceProperties.joinToString()}" }
}

/** What every service says of itself, beside its members. */
internal val serviceProperties: Set<String> =
    setOf("id", "name", "type", "description", "docs", "config", "app_id", "service_schema")
