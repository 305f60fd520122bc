package io.hypha.rpc.hub.manager

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.client.HyphaConnection

/**
 * The function [name] of the service that the client at [address] offers; null when it has none of its own. Clients take the manager for one of
 * their workspace, so a service that holds functions of other clients must not make the manager call these.
 */
@OptIn(InternalHyphaApi::class)
internal suspend fun HyphaConnection.ownFunction(
    address: String,
    service: String,
    name: String,
): RemoteFunction? = (getServiceOf(address, service).value(name) as? RemoteFunction)?.ownedBy(address, service)
