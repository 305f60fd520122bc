package io.hypha.rpc.samples

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.hubOptions
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Shows where the connection stands, and goes on working when the server is started anew. With a hub of its own, which it stops. */
object Outage {
    @JvmStatic
    fun main(args: Array<String>) =
        runBlocking {
            val hub = startHub(port = 0)
            val token = hub.createToken("ada")
            connect(hub.url, token).use { provider ->
                provider.registerService("seats") { function("book", param("seat")) { seat: Int -> "seat $seat is booked" } }
                connect(hub.url, token).use { server ->
                    val showing = launch { show(server, ::println) }
                    val seats = server.getService("seats")
                    println(book(seats, 1))

                    withContext(Dispatchers.IO) { hub.close() }
                    server.state.first { it is ConnectionState.Reconnecting }
                    val waiting = async { book(seats, 2) }
                    withContext(Dispatchers.IO) { startHub(hub.port) }.use {
                        println(waiting.await())
                        showing.cancel()
                    }
                }
            }
        }

    /** With the same secret each time, so that a token stays good. */
    private fun startHub(port: Int) =
        HyphaHub.start(
            hubOptions {
                this.port = port
                jwtSecret = "a secret that is for this program only"
            },
        )

    // tag::reconnect[]
    suspend fun connect(
        url: String,
        token: String,
    ): HyphaConnection =
        connectToServer(url) {
            this.token = token
            reconnect = ExponentialBackoff(first = 100.milliseconds, longest = 30.seconds)
            reconnectWait = 10.seconds // for calls that are made while there is no connection
        }
    // end::reconnect[]

    // tag::connection-state[]
    suspend fun show(
        server: HyphaConnection,
        statusBar: (String) -> Unit,
    ) {
        server.state.collect { state ->
            when (state) {
                is ConnectionState.Connecting -> statusBar("connecting")
                is ConnectionState.Connected -> statusBar("online")
                is ConnectionState.Reconnecting -> statusBar("offline, attempt ${state.attempt} in ${state.retryIn.inWholeSeconds} s")
                is ConnectionState.Closed -> statusBar("closed: ${state.cause?.message ?: "by this program"}")
            }
        }
    }
    // end::connection-state[]

    // tag::did-not-run[]
    suspend fun book(
        seats: RemoteService,
        seat: Int,
    ): String {
        repeat(50) {
            try {
                return seats.call("book", seat)
            } catch (e: PeerGoneException) {
                if (!e.didNotRun) throw e // the seat may be booked: a repetition could book it twice
                delay(100.milliseconds) // certainly not booked: the provider has not come back yet
            }
        }
        return seats.call("book", seat)
    }
    // end::did-not-run[]
}

/** Has a connection made anew when the network has changed. */
class NetworkChanges(
    private val server: HyphaConnection,
) {
    private var current: Any? = null

    // tag::network-change[]
    @Synchronized
    fun onAvailable(network: Any) {
        // The first network that Android tells of is the one that is used already.
        if (current != null && current != network) server.forceReconnect()
        current = network
    }
    // end::network-change[]
}
