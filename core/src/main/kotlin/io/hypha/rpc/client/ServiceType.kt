package io.hypha.rpc.client

import io.hypha.rpc.service.textKeys

/**
 * A service type as the server knows it: what services of one kind have in common (protocol §8.1).
 *
 * @property entries everything that the server says.
 */
public class ServiceType internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** Its id, mostly `workspace/type`. */
    public val id: String get() = entries["id"] as? String ?: ""

    /** The name to show. */
    public val name: String? get() = entries["name"] as? String

    /** What it is for. */
    public val description: String? get() = entries["description"] as? String

    /** Longer documentation. */
    public val docs: Any? get() = entries["docs"]

    /** The members that its services have, in the form of a `service_schema` (protocol §7.3). */
    public val definition: Map<String, Any?>
        get() = textKeys(entries["definition"])

    override fun toString(): String = "ServiceType($id)"
}
