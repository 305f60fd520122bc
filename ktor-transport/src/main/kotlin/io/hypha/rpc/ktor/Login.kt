package io.hypha.rpc.ktor

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.RemoteException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit

/**
 * Has a person log in with a browser at the server [url], and returns the token to connect with.
 *
 * ```
 * val token = login("https://hypha.aicell.io") { loginCallback { context -> openBrowser(context.loginUrl) } }
 * val server = connectToServer("https://hypha.aicell.io") { this.token = token }
 * ```
 *
 * Without a callback the address is printed on standard output. Cancelling ends the login at once. The connection that this makes is closed
 * when it returns, in whatever way. Safe to call from any thread.
 *
 * @throws io.hypha.rpc.CallTimeoutException when nobody has logged in within [LoginOptions.loginTimeout].
 * @throws io.hypha.rpc.ServiceNotFoundException when the server offers no login.
 * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached.
 * @throws io.hypha.rpc.RemoteException when the login service refuses, with its reason.
 * @throws IllegalArgumentException when the URL or an option is not valid.
 */
public suspend fun login(
    url: String,
    configure: LoginOptions.() -> Unit = {},
): String = loggedIn(url, LoginOptions().apply(configure), isProfile = false).token

/** The same at the server that `HYPHA_SERVER_URL` names; the workspace is `HYPHA_WORKSPACE` unless one is set here. */
public suspend fun login(configure: LoginOptions.() -> Unit = {}): String = fromEnvironment(configure, isProfile = false).token

/** Has a person log in, as [login] does, and returns the token with what the server knows of the person. */
public suspend fun loginWithProfile(
    url: String,
    configure: LoginOptions.() -> Unit = {},
): LoginProfile = loggedIn(url, LoginOptions().apply(configure), isProfile = true)

/** The same at the server that `HYPHA_SERVER_URL` names; the workspace is `HYPHA_WORKSPACE` unless one is set here. */
public suspend fun loginWithProfile(configure: LoginOptions.() -> Unit = {}): LoginProfile = fromEnvironment(configure, isProfile = true)

private suspend fun fromEnvironment(
    configure: LoginOptions.() -> Unit,
    isProfile: Boolean,
): LoginProfile {
    val options = LoginOptions().apply(configure)
    val url = options.environment.serverUrl()
    options.workspace = options.workspace ?: options.environment.text(WORKSPACE)
    return loggedIn(url, options, isProfile)
}

private suspend fun loggedIn(
    url: String,
    options: LoginOptions,
    isProfile: Boolean,
): LoginProfile {
    options.requireValid()
    return withLoginService(url, options) { service ->
        val context = LoginContext.of(start(service, options), httpUrl(url))
        options.logger.log(HyphaLogger.Level.Debug, "waiting for a person to log in", null)
        LoginProfile.of(awaitPerson(service, context, options, isProfile))
    }
}

private suspend fun start(
    service: RemoteService,
    options: LoginOptions,
): Map<String, Any?> {
    val wants =
        buildMap<String, Any?> {
            options.workspace?.let { put("workspace", it) }
            options.expiresIn?.let { put("expires_in", it.inWholeSeconds) }
        }
    return promptly(options, "start") { service.call<Map<String, Any?>>("start", kwargs = wants) }
}

private suspend fun awaitPerson(
    service: RemoteService,
    context: LoginContext,
    options: LoginOptions,
    isProfile: Boolean,
): Any? {
    val limit = options.loginTimeout
    val wants = mapOf("timeout" to limit.toDouble(DurationUnit.SECONDS)) + if (isProfile) mapOf("profile" to true) else emptyMap()
    // The service beats while it waits, and ends the wait by itself.
    val patient = service.withTimeout(maxOf(limit, options.connectTimeout))
    var answer: Any? = null
    // For one whose heartbeats go on and on.
    withTimeoutOrNull(limit + Grace) {
        coroutineScope {
            launch { options.callback(context) }
            answer =
                try {
                    patient.call<Any?>("check", context.key, kwargs = wants)
                } catch (e: RemoteException) {
                    throw if (TIMEOUT in e.remoteMessage) late(limit, e) else e
                } catch (e: CallTimeoutException) {
                    throw late(limit, e)
                }
        }
    }
    // The key works once: a token that has come is not lost for a callback that goes on.
    return answer ?: throw late(limit, null)
}

private fun late(
    limit: Duration,
    cause: Throwable?,
) = CallTimeoutException("nobody has logged in within the loginTimeout of $limit", cause)

private val Grace = 5.seconds
private const val TIMEOUT = "Login timeout"
