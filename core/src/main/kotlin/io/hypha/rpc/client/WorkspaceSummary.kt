package io.hypha.rpc.client

import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.textKeys

/**
 * A workspace in a few numbers (protocol §8.1).
 *
 * @property entries everything that the server says.
 */
public class WorkspaceSummary internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** The name of the workspace. */
    public val name: String get() = entries.text("name") ?: ""

    /** What it is for. */
    public val description: String? get() = entries.text("description")

    /** The clients in it, as `workspace/client`. */
    public val clients: List<String> get() = entries.texts("clients")

    /** How many clients there are. */
    public val clientCount: Int get() = (entries["client_count"] as? Number)?.toInt() ?: clients.size

    /** The services in it that are not unlisted, in short: some servers tell only their ids. */
    public val services: List<ServiceInfo>
        get() =
            (entries["services"] as? List<*>).orEmpty().map {
                ServiceInfo(
                    if (it is Map<*, *>) textKeys(it) else mapOf("id" to it),
                )
            }

    /** How many services there are. */
    public val serviceCount: Int get() = (entries["service_count"] as? Number)?.toInt() ?: services.size

    override fun toString(): String = "WorkspaceSummary($name)"
}
