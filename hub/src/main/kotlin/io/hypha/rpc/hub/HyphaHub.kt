package io.hypha.rpc.hub

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.workspace.Workspace
import java.io.IOException
import java.io.UncheckedIOException
import java.util.concurrent.TimeUnit
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.toKotlinDuration
import java.time.Duration as JavaDuration

/**
 * A running hub: a Hypha server for one machine, in this process. Clients of any language connect to [url].
 *
 * Everything it knows is in memory: workspaces, services and tokens of a secret that it made itself end with it. Safe for all
 * threads. Whoever started it closes it; no thread and no socket is left then.
 */
public class HyphaHub private constructor(
    private val engine: HubEngine,
) : AutoCloseable {
    /** The port that the hub listens on. */
    public val port: Int get() = engine.port

    /** The address for clients, without a slash at the end, such as `http://127.0.0.1:9527`. */
    public val url: String get() = engine.server.publicUrl

    /** The client id of the workspace manager, whose workspace is `*`. Every hub that is started has another one. */
    public val managerId: String get() = engine.server.managerId

    /**
     * A token for connecting as a user of your choice.
     *
     * @param userId who the bearer is; it has the workspace `ws-user-<userId>` for itself.
     * @param workspace the only workspace that the token is for; when null, the bearer may join its own one and those that it owns.
     * @param permission what the bearer may do in [workspace].
     * @param clientId the only client id that the token is good for; any when null.
     * @param life how long the token can be used for connecting.
     * @throws IllegalArgumentException when an id is empty or has blanks, or the life is no second.
     */
    public fun createToken(
        userId: String,
        workspace: String? = null,
        permission: WorkspacePermission = WorkspacePermission.ReadWrite,
        clientId: String? = null,
        life: Duration = 1.hours,
    ): String {
        require(userId.isNotBlank() && userId.none(Char::isWhitespace)) { "A user id must not be empty and have no blanks" }
        for (id in listOfNotNull(workspace, clientId)) {
            require(
                id.isNotEmpty() && id.none(Char::isWhitespace),
            ) { "The id of a workspace or client must not be empty and have no blanks" }
        }
        require(life.isFinite() && life.inWholeSeconds > 0) { "A token must live a second or more" }
        val permissions = if (workspace == null) emptyMap() else mapOf(workspace to permission)
        val scope = Scope(permissions, currentWorkspace = workspace, clientId = clientId)
        return engine.tokens.issue(UserInfo(userId, scope = scope), life.inWholeSeconds)
    }

    /** A token that is good for an hour of connecting as [userId], in its own workspace and those that it owns; for Java. */
    public fun createToken(userId: String): String = createToken(userId, workspace = null)

    /** A token that is good for an hour of connecting as [userId] to [workspace] alone; for Java. */
    public fun createToken(
        userId: String,
        workspace: String,
        permission: WorkspacePermission,
    ): String = createToken(userId, workspace, permission, clientId = null)

    /** A token with everything that there is to say of it; for Java. [workspace] and [clientId] may be null. */
    public fun createToken(
        userId: String,
        workspace: String?,
        permission: WorkspacePermission,
        clientId: String?,
        life: Long,
        unit: TimeUnit,
    ): String = createToken(userId, workspace, permission, clientId, durationOf(life, unit))

    /** The same. */
    public fun createToken(
        userId: String,
        workspace: String?,
        permission: WorkspacePermission,
        clientId: String?,
        life: JavaDuration,
    ): String = createToken(userId, workspace, permission, clientId, life.toKotlinDuration())

    /**
     * Makes a workspace that clients with a token for it can join.
     *
     * @param id lower-case letters, digits and hyphens.
     * @param owners ids of users who may do everything in it without such a token.
     * @throws IllegalArgumentException when there is one of that id, or the id cannot be.
     */
    @JvmOverloads
    public fun createWorkspace(
        id: String,
        owners: List<String> = emptyList(),
    ) {
        engine.workspaces.create(Workspace(id, owners = owners, persistent = true), UserInfo.Root, overwrite = false)
    }

    /**
     * Disconnects all clients, telling them why, and stops. Returns when all is done; further calls do nothing. A thread that is
     * interrupted closes the hub all the same, and stays interrupted.
     */
    override fun close() {
        uninterrupted("hypha-hub-close") { engine.close() }
    }

    override fun toString(): String = "HyphaHub($url)"

    /** Starts hubs. */
    public companion object {
        /**
         * Starts a hub and returns when clients can connect. A thread that is interrupted starts it all the same, and stays interrupted.
         *
         * @throws UncheckedIOException when the address cannot be listened on, for example because the port is in use.
         */
        @JvmStatic
        @JvmOverloads
        public fun start(options: HubOptions = hubOptions { }): HyphaHub =
            try {
                uninterrupted("hypha-hub-start") { HyphaHub(HubEngine.start(options)) }
            } catch (e: IOException) {
                // Unchecked, for Java: what a Kotlin function does not declare, nobody can catch there.
                throw UncheckedIOException("Cannot listen on ${options.host}:${options.port}: ${e.message}", e)
            }

        /** Starts a hub with the options of a block: `HyphaHub.start { port = 9527 }`. */
        public fun start(configure: HubOptions.Builder.() -> Unit): HyphaHub = start(hubOptions(configure))
    }
}
