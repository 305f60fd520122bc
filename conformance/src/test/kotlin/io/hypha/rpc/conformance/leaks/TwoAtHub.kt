package io.hypha.rpc.conformance.leaks

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.ServiceBuilder
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration

/** A hub with two clients of one workspace. */
internal class TwoAtHub private constructor(
    val hub: HyphaHub,
) {
    private val token = hub.createToken("tester")
    lateinit var alice: HyphaConnection
        private set
    lateinit var bob: HyphaConnection
        private set
    val both: List<HyphaConnection> get() = listOf(alice, bob)

    /** One more client of the same workspace. */
    suspend fun connect(configure: ConnectOptions.() -> Unit = {}): HyphaConnection =
        connectToServer(hub.url) {
            token = this@TwoAtHub.token
            configure()
        }

    /** Bob registers a service, and alice gets it. */
    suspend fun serve(build: ServiceBuilder.() -> Unit) = alice.getService(bob.registerService("svc", build = build).id)

    companion object {
        fun test(body: suspend TwoAtHub.() -> Unit) =
            HyphaHub.start { workspaceGrace = Duration.ZERO }.use { hub ->
                runBlocking(Dispatchers.Default) {
                    val stage = TwoAtHub(hub)
                    stage.alice = stage.connect()
                    stage.bob = stage.connect()
                    try {
                        stage.body()
                    } finally {
                        stage.both.forEach { it.close() }
                        stage.both.forEach { it.awaitClosed() }
                    }
                }
            }
    }
}
