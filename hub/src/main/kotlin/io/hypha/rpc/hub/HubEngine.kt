package io.hypha.rpc.hub

import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.hub.auth.AnonymousUsers
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.login.LoginAddress
import io.hypha.rpc.hub.login.LoginDesk
import io.hypha.rpc.hub.login.LoginPage
import io.hypha.rpc.hub.login.LoginPeer
import io.hypha.rpc.hub.login.LoginRoom
import io.hypha.rpc.hub.login.LoginSessions
import io.hypha.rpc.hub.manager.Directory
import io.hypha.rpc.hub.manager.Manager
import io.hypha.rpc.hub.manager.ManagerRoom
import io.hypha.rpc.hub.manager.Vacancies
import io.hypha.rpc.hub.manager.WorkspaceNotices
import io.hypha.rpc.hub.manager.managerService
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.service.ServiceRegistry
import io.hypha.rpc.hub.socket.Doorkeeper
import io.hypha.rpc.hub.socket.Greeting
import io.hypha.rpc.hub.socket.House
import io.hypha.rpc.hub.socket.OpenChannels
import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.hub.socket.SocketSettings
import io.hypha.rpc.hub.socket.UpgradeHandler
import io.hypha.rpc.hub.workspace.Workspaces
import io.ktor.server.engine.EmbeddedServer
import io.ktor.server.engine.applicationEnvironment
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import io.ktor.server.netty.NettyApplicationEngine
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.job
import kotlinx.coroutines.runBlocking
import org.slf4j.LoggerFactory
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.security.SecureRandom
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.atomic.AtomicBoolean

/** Puts the parts of a hub together, starts them and stops them. */
internal class HubEngine private constructor(
    private val options: HubOptions,
) : AutoCloseable {
    val tokens = Tokens(options.jwtSecret?.encodeToByteArray() ?: randomBytes(SECRET_BYTES), options.reconnectionTokenLife.inWholeSeconds)
    val workspaces = Workspaces()
    private val clients = ClientTable()
    private val registry = ServiceRegistry()
    private val router = Router(clients)
    private val scope = CoroutineScope(SupervisorJob())
    private val vacancies = Vacancies(scope, options.workspaceGrace, clients, workspaces)
    private val directory = Directory(clients, router, registry, vacancies)
    private val house = house()
    private val login = options.login?.let(::loginRoom)
    private val channels = OpenChannels()
    private val http = http()
    private val closed = AtomicBoolean()
    private var manager: Manager? = null
    private var loginPeer: LoginPeer? = null

    /** The port that is listened on. */
    val port: Int by lazy {
        runBlocking {
            http.engine
                .resolvedConnectors()
                .single()
                .port
        }
    }

    /** How the hub introduces itself. */
    val server: Server by lazy {
        val local = "http://${Server.localHost(options.host)}:$port"
        val public = options.publicUrl ?: local
        val managerId = "manager-" + randomBytes(8).joinToString("") { "%02x".format(it) }
        Server(public, local, managerId, loginUrl = if (login == null) null else public + LoginAddress.SERVICE)
    }

    private fun loginRoom(provider: LoginProvider): LoginRoom {
        val desk = LoginDesk(LoginSessions(options.loginTime), tokens, workspaces, { server.publicUrl })
        return LoginRoom(desk, LoginPage(desk, provider)) { server }
    }

    private fun house(): House {
        val settings =
            SocketSettings(
                maxFrameBytes = options.maxFrameBytes,
                maxQueuedBytes = options.maxQueuedBytes,
                messageRate = options.messageRate,
                messageBurst = options.messageBurst,
                idleTimeout = options.idleTimeout,
            )
        val authenticator = Authenticator(tokens, AnonymousUsers(), options.rootToken)
        return House(
            settings,
            Doorkeeper(authenticator, workspaces, clients, directory, reconnectDelay = options.reconnectDelay),
            Greeting({ server }, tokens, settings, options.reconnectionTokenLife),
            router,
            directory,
            scope,
        )
    }

    private fun http(): EmbeddedServer<NettyApplicationEngine, NettyApplicationEngine.Configuration> =
        embeddedServer(
            Netty,
            environment = applicationEnvironment { log = ServerLog(LoggerFactory.getLogger("io.hypha.rpc.hub")) },
            configure = {
                connector {
                    host = options.host
                    port = options.port
                }
                connectionGroupSize = 1
                workerGroupSize = options.eventLoops
                enableHttp2 = false
                configureBootstrap = { channels.watch(this) }
                channelPipelineConfig = {
                    channels.add(channel())
                    addBefore("http1", "hypha", UpgradeHandler(house))
                }
            },
        ) { httpPages { login?.run { routes() } } }

    private fun run() {
        http.start(wait = false)
        val room = ManagerRoom(server, clients, directory, registry, workspaces, tokens, WorkspaceNotices(router, workspaces))
        runBlocking {
            manager = Manager.start(server, router, ownOptions()) { managerService(room, it) }
            loginPeer = login?.let { LoginPeer.start(server, router, clients, ownOptions(), it.service()) }
        }
        house.ready.complete(Unit)
    }

    /** For the hub's own peers, whose links are within this program and end with it. */
    private fun ownOptions() =
        HyphaOptions().apply {
            coroutineContext = scope.coroutineContext + Dispatchers.Default
            reconnect = ReconnectPolicy.Never
        }

    /** Says goodbye to all clients and waits until their sockets and all threads are gone. */
    override fun close() {
        if (!closed.compareAndSet(false, true)) return
        directory.close()
        channels.stopListening()
        house.sockets.map { it.stop() }.forEach { it.await(GOODBYE, MILLISECONDS) }
        // Only now: clients that wait for a login learn that the hub stops, and not that their login failed.
        login?.close()
        scope.cancel()
        runBlocking {
            loginPeer?.close()
            manager?.close()
            scope.coroutineContext.job.join()
        }
        channels.closeAll()
        http.stop(0, STOP)
    }

    companion object {
        private const val SECRET_BYTES = 32
        private const val GOODBYE = 500L
        private const val STOP = 2000L

        fun start(options: HubOptions): HubEngine {
            checkFree(options)
            val engine = HubEngine(options)
            try {
                engine.run()
            } catch (e: Exception) {
                engine.close()
                throw e
            }
            return engine
        }

        /** A server that cannot listen takes seconds to say so. */
        private fun checkFree(options: HubOptions) {
            ServerSocket().use { socket ->
                socket.reuseAddress = true
                socket.bind(InetSocketAddress(options.host, options.port))
            }
        }

        private fun randomBytes(count: Int): ByteArray = ByteArray(count).also { SecureRandom().nextBytes(it) }
    }
}
