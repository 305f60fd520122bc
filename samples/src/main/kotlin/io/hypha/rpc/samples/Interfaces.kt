package io.hypha.rpc.samples

import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.interfaceObject
import kotlinx.coroutines.runBlocking

/** A microscope keeps the watchers that it is handed and tells them of every image, long after the calls that brought them. */
object Interfaces {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            runBlocking {
                connectToServer(hub.url).use { provider ->
                    connectToServer(hub.url).use { caller -> run(provider, caller) }
                }
            }
        }
    }

    private suspend fun run(
        provider: HyphaConnection,
        caller: HyphaConnection,
    ) {
        val id = microscope(provider)
        watch(caller, id)
    }

    // tag::interfaces-watch[]
    suspend fun watch(
        server: HyphaConnection,
        id: String,
    ) {
        val watcher =
            interfaceObject {
                function("onImage", param("number")) { number: Int -> println("image $number for ${server.clientId}") }
                value("label", "my watcher")
            }
        val microscope = server.getService(id)
        microscope.call<Unit>("watch", watcher) // returns, and the watcher can still be called
        microscope.call<Unit>("takeImage", 1)
        microscope.call<Unit>("takeImage", 2)
        watcher.dispose() // from now on nobody can call it
        println("failed ${microscope.call<List<String>>("takeImage", 3)}")
    }
    // end::interfaces-watch[]

    // tag::interfaces-microscope[]
    suspend fun microscope(server: HyphaConnection): String {
        val watchers = mutableListOf<RemoteService>()
        val info =
            server.registerService("microscope") {
                visibility = Visibility.Public
                function("watch", param("watcher")) { watcher: RemoteService -> watchers += watcher }
                function("takeImage", param("number")) { number: Int -> watchers.forEach { it.call<Unit>("onImage", number) } }
                function("forget") {
                    watchers.forEach { it.dispose() } // tells their owners that they are no longer needed
                    watchers.clear()
                }
            }
        return info.id
    }
    // end::interfaces-microscope[]
}
