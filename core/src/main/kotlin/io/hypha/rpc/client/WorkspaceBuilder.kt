package io.hypha.rpc.client

import io.hypha.rpc.service.HyphaDsl

/** Describes a workspace to be created. What is left alone is the server's choice. */
@HyphaDsl
public class WorkspaceBuilder internal constructor(
    private val id: String,
) {
    /** The name to show; the id by default. */
    public var name: String? = null

    /** What it is for. */
    public var description: String? = null

    /** Whether it outlives its last client; by default it does not. */
    public var persistent: Boolean? = null

    /** Ids or mail addresses of the users who may do everything there, beside the one who creates it. */
    public var owners: List<String>? = null

    /** A picture to show, as a URL or an emoji. */
    public var icon: String? = null

    /** Whether to take the place of a workspace of the same id, which the user must administer. */
    public var overwrite: Boolean = false

    private val config = linkedMapOf<String, Any?>()

    /** Any setting of the workspace, kept and returned by the server as it is. */
    public fun config(
        key: String,
        value: Any?,
    ) {
        config[key] = value
    }

    /** Without what was not given: for a server an explicit nil is not the same as nothing (protocol §15.1, Q19). */
    internal fun toMap(): Map<String, Any?> =
        buildMap {
            put("id", id)
            name?.let { put("name", it) }
            description?.let { put("description", it) }
            persistent?.let { put("persistent", it) }
            owners?.let { put("owners", it) }
            icon?.let { put("icon", it) }
            if (config.isNotEmpty()) put("config", config.toMap())
        }
}
