package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.conformance.provider.KotlinProvider
import io.hypha.rpc.conformance.provider.pointCodec
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

/**
 * A hub with two JavaScript peers and a Kotlin client in one workspace.
 *
 * @property peer runs the scenarios and provides nothing.
 * @property provider has the services in JavaScript.
 * @property kotlin has the services in Kotlin.
 * @property token opens the workspace.
 */
internal class Stage private constructor(
    private val hub: HyphaHub,
    val peer: JsPeer,
    val provider: JsPeer,
    val kotlin: HyphaConnection,
    val token: String,
) : AutoCloseable {
    val url: String get() = hub.url

    /** One more JavaScript peer with services, in [workspace], which is created when it is another one. */
    fun join(workspace: String = kotlin.workspace): JsPeer {
        if (workspace != kotlin.workspace) hub.createWorkspace(workspace)
        val own = if (workspace == kotlin.workspace) token else hub.createToken("neighbour", workspace, WorkspacePermission.Admin)
        return JsPeer.start(url, "--workspace", workspace, "--token", own)
    }

    override fun close() {
        kotlin.close()
        runBlocking { withTimeout(EndTimeout) { kotlin.awaitClosed() } }
        peer.close()
        provider.close()
        hub.close()
    }

    companion object {
        private val EndTimeout = 10.seconds
        const val KOTLIN = "kotlin-provider"
        const val JAVASCRIPT = "js-provider"

        /**
         * Sets the stage.
         *
         * @param peerOptions further options of the peer that runs the scenarios.
         * @param isConfined whether the token is for the workspace of the stage only, and not for others of the same user.
         * @param configure further options of the Kotlin client.
         */
        fun set(
            vararg peerOptions: String,
            isConfined: Boolean = true,
            configure: ConnectOptions.() -> Unit = {},
        ): Stage {
            val hub = HyphaHub.start()
            val workspace = "stage-one"
            hub.createWorkspace(workspace, owners = listOf("tester"))
            val token = if (isConfined) hub.createToken("tester", workspace, WorkspacePermission.Admin) else hub.createToken("tester")
            val identity = arrayOf("--workspace", workspace, "--token", token)
            val provider = JsPeer.start(hub.url, *identity)
            val peer = JsPeer.start(hub.url, *identity, "--no-services", *peerOptions)
            val kotlin =
                runBlocking {
                    connectToServer(hub.url) {
                        this.workspace = workspace
                        this.token = token
                        codecs = listOf(pointCodec)
                        configure()
                    }.also { it.registerService(KotlinProvider(it).definition(KOTLIN)) }
                }
            return Stage(hub, peer, provider, kotlin, token)
        }
    }
}
