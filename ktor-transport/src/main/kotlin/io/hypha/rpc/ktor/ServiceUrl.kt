package io.hypha.rpc.ktor

/**
 * The address of a service on the web, in its parts: see [parseServiceUrl].
 *
 * @property serverUrl the server, with its base path if it has one; what [connectToServer] takes.
 * @property workspace the workspace of the service.
 * @property clientId the client that provides it; `*` for any.
 * @property serviceId the id within its client.
 * @property appId the application that it belongs to; `*` for any.
 */
public class ServiceUrl internal constructor(
    public val serverUrl: String,
    public val workspace: String,
    public val clientId: String,
    public val serviceId: String,
    public val appId: String,
) {
    /** The id under which the service is asked for, `workspace/client:service@app`. */
    public val id: String get() = "$workspace/$clientId:$serviceId@$appId"

    override fun equals(other: Any?): Boolean = other is ServiceUrl && other.toString() == toString()

    override fun hashCode(): Int = toString().hashCode()

    override fun toString(): String = "$serverUrl/$workspace/services/$clientId:$serviceId@$appId"
}
