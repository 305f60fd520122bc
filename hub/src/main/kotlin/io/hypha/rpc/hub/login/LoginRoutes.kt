package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.LoginForm
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.http.Parameters
import io.ktor.http.URLDecodeException
import io.ktor.http.parseQueryString
import io.ktor.server.application.ApplicationCall
import io.ktor.server.request.header
import io.ktor.server.response.header
import io.ktor.server.response.respondRedirect
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.utils.io.readRemaining
import kotlinx.io.readByteArray

/**
 * The login pages for browsers.
 *
 * @param origins where the hub's own pages come from: a form on a page from elsewhere is refused. Any page can start a login over a WebSocket
 *   and knows its key, so the key alone does not show that the person wanted this.
 */
internal fun Route.loginPages(
    page: LoginPage,
    origins: () -> Set<String>,
) {
    // Relative: browsers may reach the hub below another path.
    get("/login") { call.respondRedirect("${LoginAddress.PAGE.removePrefix("/")}/") }
    get(LoginAddress.PAGE) { call.answer(page.show(call.request.queryParameters["key"])) }
    get("${LoginAddress.PAGE}/") { call.answer(page.show(call.request.queryParameters["key"])) }
    post(LoginAddress.PAGE) { call.submit(page, origins()) }
    post("${LoginAddress.PAGE}/") { call.submit(page, origins()) }
    get(LoginAddress.LOGOUT) {
        val text = "The hub keeps nothing in your browser. The tokens that programs have are good until they end, or are revoked."
        call.answer(PageAnswer(HttpStatusCode.OK.value, LoginHtml.message("Logged out", text)))
    }
}

private suspend fun ApplicationCall.submit(
    page: LoginPage,
    origins: Set<String>,
) {
    val body = smallBody()
    if (!isFromHere(origins)) {
        val text = "This form was sent from another site. Open the address that your program shows."
        answer(PageAnswer(HttpStatusCode.Forbidden.value, LoginHtml.message("Log in", text)))
    } else if (body == null) {
        answer(PageAnswer(HttpStatusCode.PayloadTooLarge.value, LoginHtml.message("Log in", "What was sent is too long.")))
    } else {
        val fields = fieldsOf(body)
        if (fields == null) {
            answer(PageAnswer(HttpStatusCode.BadRequest.value, LoginHtml.message("Log in", "What was sent is no form.")))
            return
        }
        answer(page.submit(fields["key"], LoginForm(fields["user"].orEmpty().trim(), fields["password"].orEmpty()), from()))
    }
}

/** The fields of a form; null when it is none. The exception would say the whole of it, with key and password. */
private fun fieldsOf(body: String): Parameters? =
    try {
        parseQueryString(body, limit = MOST_FIELDS)
    } catch (_: URLDecodeException) {
        null
    }

private suspend fun ApplicationCall.answer(page: PageAnswer) {
    LoginHtml.headers.forEach { (name, value) -> response.header(name, value) }
    respondText(page.html, ContentType.parse(LoginPage.HTML), HttpStatusCode.fromValue(page.status))
}

/** Who sent the request; the nearest proxy, where there is one. */
private fun ApplicationCall.from(): String = request.local.remoteAddress

/** Programs that are no browsers say nothing of an origin. */
private fun ApplicationCall.isFromHere(origins: Set<String>): Boolean {
    val site = request.header("Sec-Fetch-Site")
    if (site != null && site != "same-origin" && site != "none") return false
    val origin = request.header(HttpHeaders.Origin) ?: return true
    return LoginAddress.originOf(origin) in origins
}

/** The body as text; null when it is longer than a form or a profile is. */
internal suspend fun ApplicationCall.smallBody(): String? {
    // Not the call's own function, which logs the address, and with it the key, at its finest level.
    val bytes = request.receiveChannel().readRemaining(LONGEST_BODY + 1).readByteArray()
    return if (bytes.size > LONGEST_BODY) null else bytes.decodeToString()
}

private const val LONGEST_BODY = 64L shl 10
private const val MOST_FIELDS = 16
