package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.hub.HubOptions
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.hubOptions
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * A hub that can be killed and started again, clients, and proxies with faults between them. All clients are of one user, whose workspace
 * and tokens outlive the hub.
 */
internal class FaultStage(
    private val configureHub: HubOptions.Builder.() -> Unit = {},
) : AutoCloseable {
    private val hubPort = Ports.free()
    private val proxies = CopyOnWriteArrayList<FaultProxy>()
    private val clients = CopyOnWriteArrayList<HyphaConnection>()
    private var running: HyphaHub? = startHub()
    private val token = hub.createToken(USER)

    val isRunning: Boolean get() = running != null
    val hub: HyphaHub get() = running ?: error("the hub has been killed")

    /** The way to the hub through a proxy of its own. */
    fun proxy(): FaultProxy = FaultProxy(hubPort).also(proxies::add)

    /** A client of this stage, through [proxy] or straight to the hub. */
    suspend fun connect(
        proxy: FaultProxy? = null,
        configure: ConnectOptions.() -> Unit = {},
    ): HyphaConnection =
        connectToServer(proxy?.url ?: hub.url) {
            token = this@FaultStage.token
            impatient()
            configure()
        }.also(clients::add)

    /** Ends the hub; with the proxies that there are, nobody hears a word of it. */
    fun killHub() {
        proxies.forEach { it.inject(Fault.Reset) }
        hub.close()
        running = null
    }

    /** Ends the hub as its operator does: it says goodbye. */
    fun stopHub() {
        hub.close()
        running = null
    }

    /** Starts a new hub in the place of the old one, of which it knows nothing but the secret of its tokens. */
    fun restartHub() {
        check(running == null) { "the hub is running" }
        running = startHub()
    }

    private fun startHub(): HyphaHub =
        HyphaHub.start(
            hubOptions {
                port = hubPort
                jwtSecret = "a secret that all hubs of this stage have"
                configureHub()
            },
        )

    private fun summary(): String =
        clients.joinToString("; ") { "${it.clientId} ${it.state.value} ${it.statistics}" } +
            proxies.joinToString("") { "; proxy ${it.port}: ${it.accepted} accepted, ${it.open} open" }

    /** Ends everything. */
    override fun close() {
        clients.forEach { it.close() }
        runBlocking { withTimeout(Patience) { clients.forEach { it.awaitClosed() } } }
        proxies.forEach { it.close() }
        running?.close()
    }

    companion object {
        const val USER = "tester"
        const val WORKSPACE = "ws-user-$USER"
        private val Patience = 20.seconds

        /** Runs [test] on a stage of its own, for as long as [limit] at most. */
        fun test(
            limit: Duration = 60.seconds,
            configureHub: HubOptions.Builder.() -> Unit = {},
            test: suspend FaultStage.() -> Unit,
        ) {
            FaultStage(configureHub).use { stage ->
                runBlocking {
                    val outcome = withTimeoutOrNull(limit) { stage.test().let { true } }
                    if (outcome == null) throw AssertionError("the test did not end within $limit: ${stage.summary()}")
                }
            }
        }
    }
}

/** Short times, so that a test of what happens after them is short as well. */
internal fun ConnectOptions.impatient() {
    timeout = 10.seconds
    connectTimeout = 10.seconds
    logger = HyphaLogger.Silent
    pingInterval = 500.milliseconds
    pingTimeout = 5.seconds
    reconnect = ExponentialBackoff(first = 50.milliseconds, longest = 500.milliseconds)
}
