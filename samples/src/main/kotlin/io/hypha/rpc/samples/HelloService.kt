package io.hypha.rpc.samples

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.Visibility
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runBlocking

/** Offers a service until the connection ends. The argument is the URL of the server. */
object HelloService {
    @JvmStatic
    fun main(args: Array<String>) =
        runBlocking {
            connectToServer(args.firstOrNull() ?: "http://127.0.0.1:9527").use { server ->
                println("Call ${offer(server).id}")
                server.serve()
            }
        }

    // tag::hello-service[]
    suspend fun offer(server: HyphaConnection): ServiceInfo =
        server.registerService("hello-world") {
            visibility = Visibility.Public
            function("hello", param("name", "Whom to greet")) { name: String -> "Hello $name" }
            function("add", param("a"), param("b", default = 2)) { a: Int, b: Int -> a + b }
            function("count", param("from"), param("to")) { from: Int, to: Int -> flow { for (i in from until to) emit(i) } }
            function("work", param("steps"), param("progress")) { steps: Int, progress: RemoteFunction ->
                for (step in 1..steps) progress(step.toDouble() / steps)
            }
        }
    // end::hello-service[]
}
