package io.hypha.rpc.client

import io.hypha.rpc.service.ProbesBuilder
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.Visibility

// Services that many clients have, under ids that everybody knows (protocol §7.9).

private const val APP = "default"
private const val PROBES = "probes"

/**
 * Offers the service that other clients find as this client's app (protocol §7.9): one of the id `default`, in the place of an earlier one.
 */
public suspend fun HyphaConnection.export(build: ServiceBuilder.() -> Unit): ServiceInfo =
    registerService(APP, overwrite = true, build = build)

/** Offers [service], whatever its id, as this client's app; see the other form. */
public suspend fun HyphaConnection.export(service: Service): ServiceInfo = registerService(service.withId(APP), overwrite = true)

/**
 * Offers functions that say how this client is, under the id `probes` and open to everybody, in the place of earlier ones. The server answers
 * them over HTTP as well (protocol §7.9).
 */
public suspend fun HyphaConnection.registerProbes(build: ProbesBuilder.() -> Unit): ServiceInfo =
    registerService(PROBES, overwrite = true) {
        type = PROBES
        visibility = Visibility.Public
        ProbesBuilder(this).build()
    }

/** The app of the client [clientId] (or `workspace/client`): the service that it exports. */
public suspend fun HyphaConnection.getApp(clientId: String): RemoteService =
    getService("${if ('/' in clientId) "" else "$workspace/"}$clientId:$APP")

/** The apps of the clients of [workspace]. */
public suspend fun HyphaConnection.listApps(workspace: String = this.workspace): List<ServiceInfo> =
    listServices {
        this.workspace = workspace
        serviceId = APP
    }
