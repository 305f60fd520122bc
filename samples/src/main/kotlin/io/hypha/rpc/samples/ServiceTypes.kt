package io.hypha.rpc.samples

import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.registerServiceType
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.ServiceInfo
import kotlinx.coroutines.runBlocking

/** What all services of one kind have in common, and services that are held against it, with a hub of its own. */
object ServiceTypes {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            val mine = hub.createToken("ada")
            runBlocking {
                connectToServer(hub.url) { token = mine }.use { server ->
                    define(server)
                    offer(server)
                    println(server.getService("porch")["read"].schema)
                    try {
                        server.registerService("cellar", checkType = true) { type = "thermometer" }
                    } catch (e: IllegalArgumentException) {
                        println(e.message)
                    }
                }
            }
        }
    }

    // tag::service-types[]
    suspend fun define(server: HyphaConnection) {
        server.registerServiceType("thermometer") {
            name = "Thermometer"
            function("read", param("unit", "C or F", default = "C"), description = "The temperature now") { _: String -> 0.0 }
        }
    }

    suspend fun offer(server: HyphaConnection): ServiceInfo =
        server.registerService("porch", checkType = true) {
            type = "thermometer"
            function("read", param("unit", default = "C")) { unit: String -> if (unit == "F") 70.7 else 21.5 }
        }
    // end::service-types[]
}
