package io.hypha.rpc.service

/**
 * What a server knows of a registered service (protocol §7.3).
 *
 * @property entries everything that the server says.
 */
public class ServiceInfo internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** The full id, `workspace/client:service`. */
    public val id: String get() = entries["id"] as? String ?: ""

    /** The name to show. */
    public val name: String? get() = entries["name"] as? String

    /** What kind of service it is. */
    public val type: String? get() = entries["type"] as? String

    /** What it is for. */
    public val description: String? get() = entries["description"] as? String

    /** The `config` of the service. */
    public val config: Map<String, Any?>
        get() = (entries["config"] as? Map<*, *>).orEmpty().entries.associate { (key, value) -> key.toString() to value }

    /** Who may find and call it, in the words of the wire. */
    public val visibility: String? get() = config["visibility"] as? String

    /** What its members look like: functions with their parameters, nested groups, constants (protocol §7.3); empty when nobody knows. */
    public val serviceSchema: Map<String, Any?> get() = textKeys(entries["service_schema"])

    override fun toString(): String = "ServiceInfo($id)"
}
