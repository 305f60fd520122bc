package io.hypha.rpc.ktor

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.service.RemoteService

/**
 * Connects for one service alone and returns it: closing the service closes the connection.
 *
 * ```
 * getRemoteService("https://hypha.aicell.io/ws/services/hello").use { hello -> println(hello.call<String>("hello", "John")) }
 * ```
 *
 * @param url the address of the service, as [parseServiceUrl] reads it.
 * @throws IllegalArgumentException when [url] or an option is not valid; nothing was sent.
 * @throws io.hypha.rpc.HyphaException as [connectToServer] and
 *   [getService][io.hypha.rpc.client.HyphaConnection.getService] do; no connection stays open then.
 */
@OptIn(InternalHyphaApi::class)
public suspend fun getRemoteService(
    url: String,
    configure: ConnectOptions.() -> Unit = {},
): RemoteService {
    val address = parseServiceUrl(url)
    val connection = connectToServer(address.serverUrl, configure)
    var isFound = false
    try {
        val service = connection.getService(address.id)
        isFound = true
        return service.onClose(connection::close)
    } finally {
        if (!isFound) connection.close()
    }
}
