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

    /** The workspace that it belongs to. */
    public val workspace: String get() = if ('/' in id) id.substringBefore('/') else config["workspace"] as? String ?: ""

    /** The client that provides it. */
    public val clientId: String get() = id.substringAfter('/').substringBefore(':', "")

    /** The id within that client, under which it was registered. */
    public val serviceId: String get() = id.substringAfter(':').substringBefore('@')

    /** The application that it belongs to; `*` for none. */
    public val appId: String get() = entries["app_id"] as? String ?: id.substringAfter('@', "*")

    /** The name to show. */
    public val name: String? get() = entries["name"] as? String

    /** What kind of service it is. */
    public val type: String? get() = entries["type"] as? String

    /** What it is for. */
    public val description: String? get() = entries["description"] as? String

    /** Longer documentation. */
    public val docs: Any? get() = entries["docs"]

    /** The `config` of the service. */
    public val config: Map<String, Any?> get() = textKeys(entries["config"])

    /** What its provider marked it with. */
    public val flags: List<String> get() = (config["flags"] as? List<*>).orEmpty().filterIsInstance<String>()

    /** Whether there may be only one of its name in the workspace. */
    public val singleton: Boolean get() = config["singleton"] == true

    /** The user who registered it, as the server describes them; null when it does not say. */
    public val createdBy: Map<String, Any?>? get() = (config["created_by"] as? Map<*, *>)?.let(::textKeys)

    /** Who may find and call it, in the words of the wire. */
    public val visibility: String? get() = config["visibility"] as? String

    /** What its members look like: functions with their parameters, nested groups, constants (protocol §7.3); empty when nobody knows. */
    public val serviceSchema: Map<String, Any?> get() = textKeys(entries["service_schema"])

    override fun toString(): String = "ServiceInfo($id)"
}
