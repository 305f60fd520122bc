package io.hypha.rpc.samples

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.jvm.RemoteName
import io.hypha.rpc.jvm.implement
import io.hypha.rpc.jvm.proxy
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.Description
import io.hypha.rpc.service.ParamDescription
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.Visibility
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking

// tag::interface[]
@Description("Sums and sequences")
interface Calculator {
    val version: String

    suspend fun add(
        a: Int,
        b: Int = 1,
    ): Int

    fun count(
        @ParamDescription("How many numbers, from 0 on") n: Int,
    ): Flow<Int>

    suspend fun work(
        steps: Int,
        onProgress: suspend (Double) -> Unit,
    )

    @RemoteName("caller_name")
    suspend fun callerName(context: CallContext? = null): String
}
// end::interface[]

/** A service as a Kotlin interface, on both sides, with a hub of its own. */
object TypedServices {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            runBlocking {
                connectToServer(hub.url).use { provider ->
                    connectToServer(hub.url).use { caller -> call(caller.getService(offer(provider).id)) }
                }
            }
        }
    }

    // tag::implementation[]
    class KotlinCalculator : Calculator {
        override val version = "1.0"

        override suspend fun add(
            a: Int,
            b: Int,
        ) = a + b

        override fun count(n: Int) = flow { for (i in 0 until n) emit(i) }

        override suspend fun work(
            steps: Int,
            onProgress: suspend (Double) -> Unit,
        ) {
            for (step in 1..steps) onProgress(step.toDouble() / steps)
        }

        override suspend fun callerName(context: CallContext?) = context?.from?.substringBefore('/') ?: "nobody"
    }

    suspend fun offer(server: HyphaConnection): ServiceInfo =
        server.registerService("calculator") {
            visibility = Visibility.Public
            implement<Calculator>(KotlinCalculator())
        }
    // end::implementation[]

    // tag::proxy[]
    suspend fun call(service: RemoteService) {
        val calculator = service.proxy<Calculator>()
        println("version ${calculator.version}")
        println("41 + 1 is ${calculator.add(41)}")
        println("counted ${calculator.count(3).toList()}")
        calculator.work(2) { println("done $it") }
    }
    // end::proxy[]
}
