package io.hypha.rpc.samples

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.interfaceObject
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CopyOnWriteArrayList

/** A microscope keeps the watchers that it is handed, and tells them of every image long after the calls that brought them. */
object Interfaces {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            runBlocking {
                connectToServer(hub.url).use { provider ->
                    connectToServer(hub.url).use { caller -> watch(caller, offer(provider).id) }
                }
            }
        }
    }

    // tag::interfaces-keep[]
    suspend fun offer(server: HyphaConnection): ServiceInfo {
        val watchers = CopyOnWriteArrayList<RemoteService>()
        return server.registerService("microscope") {
            visibility = Visibility.Public
            function("watch", param("watcher")) { watcher: RemoteService -> watchers += watcher }
            function("take_image", param("number")) { number: Int ->
                for (watcher in watchers) {
                    try {
                        watcher.call<Unit>("on_image", number)
                    } catch (_: HyphaException) {
                        watchers -= watcher // its owner has ended it, or is gone
                    }
                }
                watchers.size
            }
            function("forget_watchers") {
                watchers.forEach { it.dispose() } // tells their owners
                watchers.clear()
            }
        }
    }
    // end::interfaces-keep[]

    // tag::interfaces-lend[]
    suspend fun watch(
        server: HyphaConnection,
        id: String,
    ) {
        val microscope = server.getService(id)
        val watcher = interfaceObject { function("on_image", param("number")) { number: Int -> println("image $number") } }
        microscope.call<Unit>("watch", watcher)
        println("watched by ${microscope.call<Int>("take_image", 1)}")
        println("watched by ${microscope.call<Int>("take_image", 2)}")
        watcher.dispose()
        println("watched by ${microscope.call<Int>("take_image", 3)}")
    }
    // end::interfaces-lend[]
}
