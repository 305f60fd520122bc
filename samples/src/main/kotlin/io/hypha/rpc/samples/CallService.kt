package io.hypha.rpc.samples

import io.hypha.rpc.call.callback
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.runBlocking

/** Calls the service of [HelloService], in whatever language it is written. The arguments are its id and the URL of the server. */
object CallService {
    @JvmStatic
    fun main(args: Array<String>) =
        runBlocking {
            val id = requireNotNull(args.firstOrNull()) { "the first argument is the id that HelloService prints" }
            call(id, args.getOrElse(1) { "http://127.0.0.1:9527" })
        }

    // tag::call-service[]
    suspend fun call(
        id: String,
        url: String,
    ) {
        connectToServer(url).use { server ->
            val hello = server.getService(id)
            println(hello.call<String>("hello", "John"))
            println(hello.call<Int>("add", 40))
            hello.stream<Int>("count", 0, 3).collect { item -> println("item $item") }
            hello.call<Unit>("work", 4, callback { part: Double -> println("done $part") })
        }
    }
    // end::call-service[]
}
