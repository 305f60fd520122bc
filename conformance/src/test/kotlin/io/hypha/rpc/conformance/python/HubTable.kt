package io.hypha.rpc.conformance.python

/** How this hub and its workspace manager may differ from the recorded reference server. */
internal val hubTable: List<AllowedDifference> =
    listOf(
        AllowedDifference("anonymous users of this hub do not expire (protocol §9.2)") {
            path == "main.user.expires_at" && actual == null
        },
        AllowedDifference("this hub says in which workspace a user is; the reference server leaves that empty (protocol §9.2)") {
            path == "main.user.current_workspace" && recorded == null && actual is String
        },
    )
