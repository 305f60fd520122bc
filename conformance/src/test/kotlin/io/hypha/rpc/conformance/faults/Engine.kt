package io.hypha.rpc.conformance.faults

import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.engine.java.Java
import io.ktor.client.engine.okhttp.OkHttp

/** The engines that open WebSockets; each has ways of its own to say that one has ended. */
enum class Engine(
    val factory: HttpClientEngineFactory<*>?,
) {
    /** The default. */
    Cio(null),
    Ok(OkHttp),
    Jdk(Java),
}
