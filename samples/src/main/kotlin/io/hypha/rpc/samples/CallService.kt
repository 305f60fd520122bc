package io.hypha.rpc.samples

import io.hypha.rpc.call.callback
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.runBlocking

/** Calls the service of [HelloService], in whatever language it is written. The arguments are its id and the URL of the server. */
object CallService {
    @JvmStatic
    fun main(args: Array<String>) =
        runBlocking {
            connectToServer(args.getOrElse(1) { "http://127.0.0.1:9527" }).use { server -> call(server, args[0]) }
        }

    // tag::call-service[]
    suspend fun call(
        server: HyphaConnection,
        id: String,
    ) {
        val hello = server.getService(id)
        println(hello.call<String>("hello", "John"))
        println(hello.call<Int>("add", 40))
        hello.stream<Int>("count", 0, 3).collect { println("item $it") }
        hello.call<Unit>("work", 4, callback { part: Double -> println("done $part") })
    }
    // end::call-service[]
}
