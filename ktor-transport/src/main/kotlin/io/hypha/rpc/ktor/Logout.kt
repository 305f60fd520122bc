package io.hypha.rpc.ktor

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.ProtocolException

/**
 * Asks the server [url] where a person logs out, shows it, and returns the address. Tokens that programs have stay good until they end or are
 * revoked.
 *
 * @throws io.hypha.rpc.MethodNotFoundException when the server's login service knows no logout.
 * @throws io.hypha.rpc.ServiceNotFoundException when the server offers no login.
 * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached.
 */
public suspend fun logout(
    url: String,
    configure: LogoutOptions.() -> Unit = {},
): String = loggedOut(url, LogoutOptions().apply(configure))

/** The same at the server that `HYPHA_SERVER_URL` names. */
public suspend fun logout(configure: LogoutOptions.() -> Unit = {}): String {
    val options = LogoutOptions().apply(configure)
    return loggedOut(options.environment.serverUrl(), options)
}

private suspend fun loggedOut(
    url: String,
    options: LogoutOptions,
): String =
    withLoginService(url, options) { service ->
        if ("logout" !in service.functionNames()) {
            throw MethodNotFoundException(
                "Logout is not supported by this server: its service ${options.loginServiceId} has no function 'logout'",
            )
        }
        val answer = promptly(options, "logout") { service.call<Map<String, Any?>>("logout", emptyMap<String, Any?>()) }
        val given =
            answer["logout_url"] as? String
                ?: throw ProtocolException("the login service's answer to logout has no text under 'logout_url'")
        absoluteUrl(given, httpUrl(url), "logout_url").also { options.callback(it) }
    }
