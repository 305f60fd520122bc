package io.hypha.rpc.conformance.shrunk

import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.samples.TypedServices
import kotlinx.coroutines.runBlocking

/** The service of the samples that is a Kotlin interface, implemented here and called by a proxy there. */
object KotlinService {
    @JvmStatic
    fun show(url: String) =
        runBlocking {
            connectToServer(url).use { provider ->
                connectToServer(url).use { caller -> TypedServices.call(caller.getService(TypedServices.offer(provider).id)) }
            }
        }
}
