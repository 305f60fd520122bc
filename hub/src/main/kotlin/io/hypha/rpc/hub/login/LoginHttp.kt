package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.TokenProblem
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.socket.jsonOf
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.response.header
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post

/** The functions of the login service for plain HTTP (protocol §9.5, §11.2): arguments from the query or a JSON body, JSON back. */
internal fun Route.loginHttp(desk: LoginDesk) {
    function("start") { desk.start(it.request()) }
    function("check") {
        val outcome = desk.check(it.required("key"), secondsOf(it.number("timeout") ?: USUAL_WAIT))
        if (it.flag("profile")) outcome?.toMap() else outcome?.token
    }
    function("report") {
        val person = LoginPerson(it.text("email"), it.flag("email_verified"), it.text("name"), it.text("nickname"), it.text("picture"))
        desk.report(it.required("key"), it.required("token"), it.request(), person)
        null
    }
    function("logout") { desk.logout() }
}

private fun LoginArguments.request(): LoginRequest = LoginRequest.of(text("workspace"), number("expires_in"))

private fun Route.function(
    name: String,
    answer: suspend (LoginArguments) -> Any?,
) {
    val path = "${LoginAddress.SERVICE}/$name"
    get(path) { call.answer { answer(LoginArguments.ofQuery(call.request.queryParameters)) } }
    post(path) {
        call.answer {
            val body = call.smallBody()
            requireValue(body != null) { "The body is too long" }
            answer(LoginArguments.ofBody(body, call.request.headers[HttpHeaders.ContentType]))
        }
    }
}

private suspend fun ApplicationCall.answer(run: suspend () -> Any?) {
    val (status, body) =
        try {
            HttpStatusCode.OK to run()
        } catch (e: HubProblem) {
            statusOf(e) to problem(e.message.orEmpty())
        } catch (e: TokenProblem) {
            HttpStatusCode.BadRequest to problem("ValueError: ${e.message}")
        }
    response.header(HttpHeaders.CacheControl, "no-store")
    response.header("X-Content-Type-Options", "nosniff")
    respondText(jsonOf(body).toString(), ContentType.Application.Json, status)
}

private fun problem(detail: String) = mapOf("success" to false, "detail" to detail)

private fun statusOf(problem: HubProblem): HttpStatusCode =
    when (problem.type) {
        "PermissionError" -> HttpStatusCode.Forbidden
        "TimeoutError" -> HttpStatusCode.GatewayTimeout
        "RuntimeError" -> HttpStatusCode.ServiceUnavailable
        else -> HttpStatusCode.BadRequest
    }
