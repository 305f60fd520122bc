package io.hypha.rpc.samples

import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.value.NDArray
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

/** One of everything, with a hub of its own: `mvn -q compile exec:java`. */
object Quickstart {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            runBlocking {
                connectToServer(hub.url).use { provider ->
                    connectToServer(hub.url).use { caller ->
                        println("connected  ${provider.clientId} and ${caller.clientId} to ${hub.url}")
                        val offered = offer(provider)
                        tour(caller.getService(offered.id))
                        println("java       multiply(6, 7) is ${JavaQuickstart.multiply(hub.url, offered.id)}")
                    }
                }
            }
        }
    }

    private suspend fun offer(server: HyphaConnection): ServiceInfo =
        server.registerService("quickstart") {
            visibility = Visibility.Public
            function("multiply", param("a"), param("b")) { a: Int, b: Int -> a * b }
            function("divide", param("a"), param("b")) { a: Int, b: Int -> a / b }
            function("work", param("steps"), param("progress")) { steps: Int, progress: RemoteFunction ->
                for (step in 1..steps) progress(step)
            }
            function("count", param("to")) { to: Int -> flow { repeat(to) { emit(it) } } }
            function("mirror", param("array")) { array: NDArray -> array }
        }

    private suspend fun tour(service: RemoteService) {
        println("call       multiply(6, 7) is ${service.call<Int>("multiply", 6, 7)}")

        val steps = mutableListOf<Int>()
        service.call<Unit>("work", 3, callback { step: Int -> steps += step })
        println("callback   work(3) reported $steps")

        println("stream     count(5) sent ${service.stream<Int>("count", 5).toList()}")

        val array = service.call<NDArray>("mirror", NDArray.of(FloatArray(24) { it / 2f }, 2, 3, 4))
        println("array      ${array.dtype} of the shape ${array.shape} came back, sum ${array.toFloatArray().sum()}")

        try {
            service.call<Int>("divide", 1, 0)
        } catch (e: RemoteException) {
            println("error      divide(1, 0) failed: ${e.remoteMessage}")
        }
    }
}
