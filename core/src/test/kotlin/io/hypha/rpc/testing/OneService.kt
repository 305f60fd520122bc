package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.service

// Tests of calls need one service of one client, whose id says nothing.

/** Provides the service `svc`. */
internal fun HyphaConnection.provide(build: ServiceBuilder.() -> Unit) = provideService(service("svc", build))

/** The service `svc` of the other client. */
internal suspend fun HyphaConnection.serviceOf(client: String): RemoteService = getServiceOf(client, "svc")
