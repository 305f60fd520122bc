package io.hypha.rpc.testing

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.service
import kotlinx.coroutines.async
import kotlinx.coroutines.test.TestScope

// Tests of calls need one service of one client, whose id says nothing.

/** Provides the service `svc`. */
internal fun HyphaConnection.provide(build: ServiceBuilder.() -> Unit) = provideService(service("svc", build))

/** The service `svc` of the other client. */
internal suspend fun HyphaConnection.serviceOf(client: String): RemoteService = getServiceOf(client, "svc")

/** A function of [peer] as [client] gets it: through a service with the one member [method]. */
internal suspend fun TestScope.functionOf(
    peer: ScriptedPeer,
    client: HyphaConnection,
    method: Map<String, Any?> = peer.method("services.s.f"),
): RemoteFunction {
    val fetching = async { client.getServiceOf("peer", "s") { follow = false } }
    peer.resolve(peer.expect(), mapOf("id" to "s", "f" to method))
    return fetching.await()["f"]
}
