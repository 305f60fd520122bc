package io.hypha.rpc.hub.login

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.manager.managed
import io.hypha.rpc.service.FunctionCall
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.argument
import io.hypha.rpc.service.service
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The service `hypha-login` (protocol §9.5). */
internal fun loginService(
    desk: LoginDesk,
    page: LoginPage,
): Service =
    service("hypha-login") {
        name = "Hypha Login"
        description = "Login service for Hypha"
        type = "functions"
        visibility = Visibility.Public
        // Nobody else in the workspace can take the name.
        config("singleton", true)
        managed(
            "start",
            "Begins a login: returns login_url for a person, and key for check",
            typedParam<String?>("workspace", default = null),
            typedParam<Double?>("expires_in", default = null),
        ) { call -> desk.start(requestOf(call)) }
        managed(
            "check",
            "Waits until somebody has logged in and returns the token, or the whole profile. Without a timeout it answers at once",
            typedParam<String>("key"),
            typedParam("timeout", default = USUAL_WAIT),
            typedParam("profile", default = false),
        ) { call ->
            val outcome = desk.check(call.argument("key"), secondsOf(call.argument("timeout")))
            if (call.argument("profile")) outcome?.toMap() else outcome?.token
        }
        report(desk)
        managed("index", "The login page, as an HTTP handler", typedParam<Map<String, Any?>?>("event", default = null)) { call ->
            page.answer(call.argument<Map<String, Any?>?>("event").orEmpty())
        }
        managed("logout", "Says where a person logs out", typedParam<Any?>("config", default = null)) { desk.logout() }
    }

private fun ServiceBuilder.report(desk: LoginDesk) {
    managed(
        "report",
        "Completes a login with a token that the person has",
        typedParam<String>("key"),
        typedParam<String>("token"),
        typedParam<String?>("workspace", default = null),
        typedParam<Double?>("expires_in", default = null),
        typedParam<String?>("email", default = null),
        typedParam<Boolean?>("email_verified", default = null),
        typedParam<String?>("name", default = null),
        typedParam<String?>("nickname", default = null),
        typedParam<String?>("user_id", default = null),
        typedParam<String?>("picture", default = null),
    ) { call ->
        val person =
            LoginPerson(
                email = call.argument("email"),
                emailVerified = call.argument<Boolean?>("email_verified") == true,
                name = call.argument("name"),
                nickname = call.argument("nickname"),
                picture = call.argument("picture"),
            )
        desk.report(call.argument("key"), call.argument("token"), requestOf(call), person)
        null
    }
}

private fun requestOf(call: FunctionCall): LoginRequest = LoginRequest.of(call.argument("workspace"), call.argument("expires_in"))

/** How long one check may wait; what is longer than a day is a mistake. */
internal fun secondsOf(timeout: Double): Duration {
    requireValue(timeout <= LONGEST_WAIT) { "timeout must be at most $LONGEST_WAIT seconds" }
    return timeout.seconds
}

internal const val USUAL_WAIT: Double = 180.0
private const val LONGEST_WAIT = 86_400.0
