package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.conformance.provider.KotlinProvider
import io.hypha.rpc.conformance.provider.pointCodec
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

/** A hub with a JavaScript peer and a Kotlin client in one workspace, each with the services of its language. */
internal class Stage private constructor(
    private val hub: HyphaHub,
    val peer: JsPeer,
    val kotlin: HyphaConnection,
) : AutoCloseable {
    val url: String get() = hub.url

    override fun close() {
        kotlin.close()
        runBlocking { withTimeout(EndTimeout) { kotlin.awaitClosed() } }
        peer.close()
        hub.close()
    }

    companion object {
        private val EndTimeout = 10.seconds
        const val KOTLIN = "kotlin-provider"
        const val JAVASCRIPT = "js-provider"

        /**
         * Sets the stage. Both clients join the workspace that the hub gives the JavaScript peer.
         *
         * @param configure further options of the Kotlin client.
         */
        fun set(
            vararg peerOptions: String,
            configure: ConnectOptions.() -> Unit = {},
        ): Stage {
            val hub = HyphaHub.start()
            val workspace = "stage-one"
            hub.createWorkspace(workspace)
            val token = hub.createToken("tester", workspace)
            val peer = JsPeer.start(hub.url, "--workspace", workspace, "--token", token, *peerOptions)
            val kotlin =
                runBlocking {
                    connectToServer(hub.url) {
                        this.workspace = workspace
                        this.token = token
                        codecs = listOf(pointCodec)
                        configure()
                    }.also { it.registerService(KotlinProvider(it).definition(KOTLIN)) }
                }
            return Stage(hub, peer, kotlin)
        }
    }
}
