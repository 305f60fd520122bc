package io.hypha.rpc.benchmarks.peer

import io.hypha.rpc.ktor.connectToServer
import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.engine.cio.CIO
import io.ktor.client.engine.java.Java
import io.ktor.client.engine.okhttp.OkHttp
import kotlinx.coroutines.runBlocking

/** A process with one client of ours: `<engine> <hub> provider`, or `<engine> <hub> caller <service id>`. */
internal object HyphaPeer {
    /** The engines that are compared, by the name that they have in Ktor. */
    val engines: Map<String, HttpClientEngineFactory<*>> = mapOf("CIO" to CIO, "OkHttp" to OkHttp, "Java" to Java)

    @JvmStatic
    fun main(args: Array<String>) {
        val (engineName, hub, role) = args
        runBlocking {
            connectToServer(hub) { engine = engines.getValue(engineName) }.use { connection ->
                if (role == "provider") {
                    val info = connection.registerService(benchmarkService())
                    Commands(load = null).serve(info.id)
                } else {
                    val load = HyphaLoad(connection.getService(args[3]))
                    load.check()
                    Commands(load).serve("")
                }
            }
        }
    }
}
