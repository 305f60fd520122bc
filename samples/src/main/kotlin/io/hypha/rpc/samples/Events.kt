package io.hypha.rpc.samples

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.ServerEvents
import io.hypha.rpc.client.createWorkspace
import io.hypha.rpc.client.getEnv
import io.hypha.rpc.client.getEventStats
import io.hypha.rpc.client.listClients
import io.hypha.rpc.client.listWorkspaces
import io.hypha.rpc.client.logEvent
import io.hypha.rpc.client.setEnv
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.seconds

/** Two clients in one workspace tell each other things, and look after the workspace. With a hub of its own. */
object Events {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            val adasToken = hub.createToken("ada")
            runBlocking {
                connect(hub.url, "listener", adasToken).use { listener ->
                    connect(hub.url, "sender", adasToken).use { sender ->
                        talk(listener, sender)
                        // Subscribed to already, so that nothing is missed although the collector has just started.
                        listener.manager.subscribe(ServerEvents.SERVICE_ADDED)
                        val watching = launch(start = CoroutineStart.UNDISPATCHED) { watch(listener) }
                        sender.registerService("hello") { function("hello") { "Hello" } }
                        watching.join()
                        lookAfter(listener)
                    }
                }
            }
        }
    }

    private suspend fun connect(
        url: String,
        id: String,
        token: String,
    ) = connectToServer(url) {
        clientId = id
        this.token = token
    }

    // tag::talk[]
    suspend fun talk(
        listener: HyphaConnection,
        sender: HyphaConnection,
    ) = coroutineScope {
        val heard = CompletableDeferred<Unit>()
        val subscription =
            listener.subscribe("news") { event ->
                println("${event.context?.from} says ${event.data}")
                heard.complete(Unit)
            }
        sender.emit("news", "it works", to = "*")
        heard.await()

        val answer = async(start = CoroutineStart.UNDISPATCHED) { listener.waitFor("answer", timeout = 10.seconds) { it.data == 42L } }
        sender.emit("answer", 41, to = listener.clientId)
        sender.emit("answer", 42, to = listener.clientId)
        println("the answer is ${answer.await().data}")
        subscription.dispose()
    }
    // end::talk[]

    // tag::watch[]
    suspend fun watch(server: HyphaConnection) {
        server.events(ServerEvents.SERVICE_ADDED, subscribed = true).take(1).collect { event ->
            println("new service ${event.serviceInfo?.id}")
        }
    }
    // end::watch[]

    // tag::workspaces[]
    suspend fun lookAfter(server: HyphaConnection) {
        val manager = server.manager
        manager.createWorkspace("lab-7") { description = "Where we try things" }
        println("workspaces ${manager.listWorkspaces().map { it.id }}")

        for (client in manager.listClients()) println("client ${client.clientId} of ${client.user.id}")

        manager.setEnv("MODEL", "v2")
        println("MODEL is ${manager.getEnv("MODEL")}")

        manager.logEvent("trained", mapOf("epoch" to 3))
        println("logged ${manager.getEventStats("trained")}")
    }
    // end::workspaces[]
}
