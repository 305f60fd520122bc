package io.hypha.rpc.client

import io.hypha.rpc.call.UserInfo

/**
 * A client of a workspace, as the server lists it (protocol §8.1).
 *
 * @property entries everything that the server says.
 */
public class ClientInfo internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** The full id, `workspace/client`. */
    public val id: String get() = entries.text("id") ?: ""

    /** The workspace that it is in. */
    public val workspace: String get() = id.substringBefore('/', "")

    /** Its id within the workspace. */
    public val clientId: String get() = id.substringAfter('/')

    /** The name to show; null when the server did not say. */
    public val name: String? get() = entries.text("name")

    /** The user as whom it is connected; without an id when the server did not say. */
    public val user: UserInfo get() = UserInfo(entries.map("user"))

    override fun toString(): String = "ClientInfo($id)"
}
