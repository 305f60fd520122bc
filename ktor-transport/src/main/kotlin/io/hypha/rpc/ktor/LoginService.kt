package io.hypha.rpc.ktor

import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.service.RemoteService

/** Connects anonymously, finds the login service and hands it to [use]; the connection ends with it. */
internal suspend fun <T> withLoginService(
    url: String,
    options: LoginServiceOptions,
    use: suspend (RemoteService) -> T,
): T =
    connect(url, options.toConnectOptions()).use { server ->
        val service =
            try {
                server.getService(options.loginServiceId)
            } catch (e: ServiceNotFoundException) {
                throw ServiceNotFoundException("the server offers no login: it has no service ${options.loginServiceId}", e)
            }
        use(service)
    }
