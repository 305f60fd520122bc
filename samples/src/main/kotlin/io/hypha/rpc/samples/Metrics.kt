package io.hypha.rpc.samples

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.micrometer.MicrometerMetrics
import io.hypha.rpc.service.Visibility
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import kotlinx.coroutines.runBlocking

/** Watches a client in numbers: with Micrometer, and by what it holds at the moment. With a hub of its own. */
object Metrics {
    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            runBlocking {
                connectToServer(hub.url).use { provider ->
                    val info =
                        provider.registerService("hello") {
                            visibility = Visibility.Public
                            function("hello") { "Hello" }
                        }
                    val registry = SimpleMeterRegistry()
                    watched(hub.url, registry).use { server ->
                        val hello = server.getService(info.id)
                        repeat(3) { hello.call<String>("hello") }
                        show(registry, server)
                    }
                }
            }
        }
    }

    // tag::metrics[]
    suspend fun watched(
        url: String,
        registry: MeterRegistry,
    ): HyphaConnection = connectToServer(url) { metrics = MicrometerMetrics(registry, byFunction = true) }
    // end::metrics[]

    // tag::statistics[]
    fun show(
        registry: MeterRegistry,
        server: HyphaConnection,
    ) {
        val hellos = registry.get("hypha.calls").tags("service", "hello", "function", "hello").timer()
        println("${hellos.count()} calls of hello")
        println("now: ${server.statistics}")
    }
    // end::statistics[]
}
