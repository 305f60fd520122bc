package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue

/**
 * One registered service (protocol §7.3).
 *
 * @property id all parts of it concrete, but for the app.
 * @property visibility `public`, `protected` or `unlisted`.
 * @property authorizedWorkspaces other workspaces that may see and get a protected service; null when it names none.
 * @property singleton whether it wants to be the only service of its name in the workspace.
 * @property info the wire form, `ServiceInfo`; keys that mean nothing to the hub are kept.
 * @property size about how many bytes it takes.
 */
internal class ServiceEntry private constructor(
    val id: ServiceId,
    val type: String,
    val visibility: String,
    val authorizedWorkspaces: List<String>?,
    val singleton: Boolean,
    val info: Map<String, Any?>,
    val size: Int,
) {
    val isBuiltIn: Boolean get() = id.service == BUILT_IN

    /** What events say of it: without the embedding, which is large and of use to the hub only. */
    val announcement: Map<String, Any?>
        get() {
            val config = info["config"] as Map<*, *>
            return if (config["service_embedding"] == null) info else info + ("config" to config + ("service_embedding" to null))
        }

    companion object {
        const val BUILT_IN = "built-in"
        const val PUBLIC = "public"
        const val PROTECTED = "protected"
        const val UNLISTED = "unlisted"
        private const val LARGEST = 1 shl 20
        private const val LONGEST_DESCRIPTION = 1024
        private const val LONGEST_NAME = 256
        private const val FORBIDDEN_IN_TYPE = "/:@|"

        /**
         * The entry for what the client `workspace/client` wants to register.
         *
         * @throws HubProblem when it is not its own service, or a field has a value that cannot be.
         */
        fun of(
            description: Map<String, Any?>,
            workspace: String,
            client: String,
            user: UserInfo,
        ): ServiceEntry {
            val tree = PlainTree.of(description, "The description of a service", LARGEST)

            @Suppress("UNCHECKED_CAST") // A tree of a map is a map, whose keys were just made texts.
            val info = tree.value as Map<String, Any?>
            val app = info["app_id"] as? String ?: "*"
            val id = ownId(info["id"], workspace, client, app)
            for (key in listOf("name", "type")) {
                requireValue(info[key].let { it == null || it is String }) { "The $key of a service must be text" }
            }
            val type = info["type"] as String? ?: "generic"
            requireValue(type.none(FORBIDDEN_IN_TYPE::contains)) { "Invalid service type: $type" }
            requireValue(type.length <= LONGEST_NAME && app.length <= LONGEST_NAME) {
                "The type and the app_id of a service may have at most $LONGEST_NAME characters"
            }
            requireValue((info["description"] as? String).orEmpty().length <= LONGEST_DESCRIPTION) {
                "The description of a service may have at most $LONGEST_DESCRIPTION characters"
            }
            val config = ServiceConfig.complete(info["config"], id, user)
            return ServiceEntry(
                id = id,
                type = type,
                visibility = config["visibility"] as String,
                authorizedWorkspaces = (config["authorized_workspaces"] as List<*>?)?.map { it as String },
                singleton = config["singleton"] == true,
                info = complete(info, id, type, config),
                size = tree.size,
            )
        }

        private fun ownId(
            text: Any?,
            workspace: String,
            client: String,
            app: String,
        ): ServiceId {
            requireValue(text is String) { "A service must have an id" }
            requireValue('@' !in text) { "Invalid service id: $text. The application is said by app_id" }
            val given = ServiceId.parse(text, workspace)
            val id = ServiceId(given.workspace, if (':' in text) given.client else client, given.service, app)
            requirePermitted(id.workspace == workspace) {
                "Service ID workspace prefix '${id.workspace}' does not match the current workspace '$workspace'. " +
                    "Cannot register services in other workspaces."
            }
            requirePermitted(id.client == client) { "Service $text belongs to another client than $workspace/$client" }
            requireValue('*' !in id.service && '.' !in id.service) { "Invalid service id: $text. It must have no * and no dot" }
            return id
        }

        private fun complete(
            info: Map<String, Any?>,
            id: ServiceId,
            type: String,
            config: Map<String, Any?>,
        ): Map<String, Any?> =
            LinkedHashMap(info).apply {
                this["config"] = config
                this["id"] = id.full
                putIfAbsent("name", id.service)
                this["type"] = type
                putIfAbsent("description", null)
                putIfAbsent("docs", null)
                this["app_id"] = id.app
                putIfAbsent("service_schema", null)
            }
    }
}
