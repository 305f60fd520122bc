package io.hypha.rpc.ktor

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.service.RemoteService
import kotlinx.coroutines.withTimeoutOrNull

/** What the service answers at once. One that only says again and again that it is still at it is not waited for longer than others. */
internal suspend fun <T : Any> promptly(
    options: LoginServiceOptions,
    function: String,
    call: suspend () -> T,
): T =
    withTimeoutOrNull(options.connectTimeout) { call() }
        ?: throw CallTimeoutException("the login service did not answer '$function' within the connectTimeout of ${options.connectTimeout}")

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
