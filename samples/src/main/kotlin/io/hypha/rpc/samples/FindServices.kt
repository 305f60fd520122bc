package io.hypha.rpc.samples

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.CaseConversion
import io.hypha.rpc.service.SelectionMode
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.seconds

/** Finds the service of [HelloService] in several ways. The arguments are its id and the URL of the server. */
object FindServices {
    @JvmStatic
    fun main(args: Array<String>) =
        runBlocking {
            val id = requireNotNull(args.firstOrNull()) { "the first argument is the id that HelloService prints" }
            connectToServer(args.getOrElse(1) { "http://127.0.0.1:9527" }).use { server -> find(server, id) }
        }

    // tag::find-services[]
    suspend fun find(
        server: HyphaConnection,
        id: String,
    ) {
        val info = server.getServiceInfo(id)
        println("${info.serviceId} has ${info.serviceSchema.keys.sorted().joinToString()}")
        val all =
            server.listServices {
                workspace = info.workspace
                serviceId = info.serviceId
            }
        println("there ${if (all.size == 1) "is one" else "are ${all.size}"} of them")

        val hello =
            server.getService(id) {
                mode = SelectionMode.Random
                timeout = 5.seconds
                caseConversion = CaseConversion.Camel
            }
        println(hello.call<String>("hello", "John"))
        // This one only reads: repeat it also when nobody knows whether it ran.
        println(hello.idempotent().call<Int>("add", 40))
    }
    // end::find-services[]
}
