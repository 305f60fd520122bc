package io.hypha.rpc.call

/** [address] as `workspace/client_id`; a bare client id belongs to [workspace] (protocol §2.3, §3.1). */
internal fun absoluteAddress(
    address: String,
    workspace: String,
): String = if ('/' in address) address else "$workspace/$address"

/** The workspace part of [address]; [fallback] for a bare client id. */
internal fun workspaceOf(
    address: String,
    fallback: String,
): String = address.substringBefore('/', fallback)

/** The workspace under which the managers of a server live (protocol §0). */
internal const val MANAGER_WORKSPACE: String = "*"
