package io.hypha.rpc.conformance.leaks

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.call.param
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.leaks.repetitions
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.websocket.WebSockets
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import java.net.InetAddress
import java.net.ServerSocket
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** What is left in a hub, in its clients and in the system of clients that come and go, or never get in. */
class ComingAndGoingLeaksTest {
    private fun withHub(test: suspend (HyphaHub) -> Unit) =
        HyphaHub.start { workspaceGrace = Duration.ZERO }.use { hub -> runBlocking(Dispatchers.Default) { test(hub) } }

    @Test
    fun `peers that come, are lent interface objects, lend some and go leave nothing`() =
        TwoAtHub.test {
            val one = interfaceObject { function("f") { 1 } }
            val service =
                bob.registerService("svc") {
                    function("swap", param("it")) { theirs: RemoteService -> listOf(one, interfaceObject { function("g") { theirs } }) }
                }
            HubEndurance(both, atOnce = 4, warmUp = 20).shouldLeaveNothing(repetitions(60)) {
                val guest = connect()
                guest.getService(service.id).call<List<RemoteService>>("swap", interfaceObject { function("f") { 1 } })
                guest.close()
                guest.awaitClosed()
            }
            one.ids.size shouldBe 0
        }

    @Test
    fun `clients that connect, register, call and close leave no object, no thread and no socket`() =
        withHub { hub ->
            HubEndurance(atOnce = 4, warmUp = 20).shouldLeaveNothing(repetitions(50)) { useOnce(hub) { } }
        }

    @Test
    fun `clients that share an HTTP client leave nothing in it`() =
        withHub { hub ->
            HttpClient(CIO) { install(WebSockets) }.use { http ->
                HubEndurance(atOnce = 4, warmUp = 20).shouldLeaveNothing(repetitions(50)) { useOnce(hub) { httpClient = http } }
            }
        }

    private suspend fun useOnce(
        hub: HyphaHub,
        configure: ConnectOptions.() -> Unit,
    ) {
        val client = connectToServer(hub.url, configure)
        client.registerService("svc") { function("one") { 1 } }
        client.on("news") { }
        client.getService("svc").call<Int>("one") shouldBe 1
        client.close()
        client.awaitClosed()
    }

    @Test
    fun `clients that the hub refuses leave nothing`() =
        withHub { hub ->
            HubEndurance(warmUp = 20).shouldLeaveNothing(repetitions(200)) {
                shouldThrow<AuthenticationException> { connectToServer(hub.url) { token = "no token" } }
            }
        }

    @Test
    fun `clients whose server is not there leave nothing`() =
        runBlocking(Dispatchers.Default) {
            val port = ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { it.localPort }
            HttpClient(CIO) { install(WebSockets) }.use { http ->
                HubEndurance(warmUp = 20).shouldLeaveNothing(repetitions(200)) { number ->
                    shouldThrow<ConnectionClosedException> {
                        connectToServer("http://127.0.0.1:$port") { if (number % 2 == 0) httpClient = http }
                    }
                }
            }
        }

    @Test
    fun `clients whose server accepts them and says nothing leave nothing when their time is over, or they are given up`() =
        withSilentServer { url ->
            HttpClient(CIO) { install(WebSockets) }.use { http ->
                HubEndurance(warmUp = 20).shouldLeaveNothing(repetitions(200)) { number ->
                    if (number % 4 < 2) {
                        shouldThrow<ConnectionClosedException> {
                            connectToServer(url) {
                                connectTimeout = 20.milliseconds
                                if (number % 2 == 0) httpClient = http
                            }
                        }
                    } else {
                        giveUp(number) {
                            connectToServer(url) { if (number % 2 == 0) httpClient = http }
                        }
                    }
                }
            }
        }

    @Test
    fun `clients that are given up while they connect leave nothing`() =
        withHub { hub ->
            HttpClient(CIO) { install(WebSockets) }.use { http ->
                HubEndurance(warmUp = 100).shouldLeaveNothing(repetitions(200)) { number ->
                    giveUp(number) {
                        connectToServer(hub.url) { if (number % 2 == 0) httpClient = http }.close()
                    }
                }
            }
        }

    /** Gives up at another moment for each number. */
    private suspend fun giveUp(
        number: Int,
        connect: suspend () -> Unit,
    ) = coroutineScope {
        val connecting = launch { connect() }
        delay((number % MOMENTS).milliseconds)
        connecting.cancelAndJoin()
    }

    /** A server in whose hands connections end up, and stay until the client ends them. */
    private fun withSilentServer(test: suspend (url: String) -> Unit) =
        ServerSocket(0, 1000, InetAddress.getLoopbackAddress()).use {
            runBlocking(Dispatchers.Default) { test("http://127.0.0.1:${it.localPort}") }
        }

    private companion object {
        const val MOMENTS = 20
    }
}
