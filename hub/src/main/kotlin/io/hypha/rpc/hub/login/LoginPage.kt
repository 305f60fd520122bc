package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.LoginForm
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.hub.LoginUser
import io.hypha.rpc.hub.auth.HubProblem
import io.ktor.http.parseQueryString
import kotlinx.coroutines.CancellationException
import org.slf4j.LoggerFactory

/** What a browser is answered. */
internal class PageAnswer(
    val status: Int,
    val html: String,
)

/** The page where a person logs in. */
internal class LoginPage(
    private val desk: LoginDesk,
    private val provider: LoginProvider,
) {
    /** The form for the login [key]. */
    fun show(key: String?): PageAnswer {
        if (key == null) return PageAnswer(BAD, LoginHtml.message("Log in", "Open the whole address that your program shows."))
        val session = desk.sessions.find(key)
        return if (session == null || session.outcomeNow != null) gone() else form(OK, session, null)
    }

    /** Takes what a person typed. */
    suspend fun submit(
        key: String?,
        form: LoginForm,
    ): PageAnswer {
        val session = key?.let(desk.sessions::find) ?: return gone()
        if (session.outcomeNow != null) return gone()
        val user =
            try {
                provider.user(form)
            } catch (e: CancellationException) {
                throw e
            } catch (
                // The provider is not the hub's own, and may fail in any way.
                @Suppress("TooGenericExceptionCaught") e: Exception,
            ) {
                logger.error("The login provider failed", e)
                return form(FAILED, session, "The login could not be checked. Try again later.")
            }
        return if (user == null) refuse(session) else enter(session, user)
    }

    private fun enter(
        session: LoginSession,
        user: LoginUser,
    ): PageAnswer =
        try {
            desk.enter(session, user)
            PageAnswer(OK, LoginHtml.message("Logged in", "You are logged in as ${user.id}. You can close this page."))
        } catch (e: HubProblem) {
            form(DENIED, session, e.detail)
        }

    private fun refuse(session: LoginSession): PageAnswer {
        if (!session.fail()) return form(DENIED, session, "This name or password is not accepted.")
        desk.sessions.remove(session)
        return PageAnswer(DENIED, LoginHtml.message("Log in", "That failed too often. Start the login again in your program."))
    }

    private fun gone() =
        PageAnswer(GONE, LoginHtml.message("Log in", "This login is over or was never started. Start it again in your program."))

    private fun form(
        status: Int,
        session: LoginSession,
        problem: String?,
    ) = PageAnswer(status, LoginHtml.form(session, provider.asksForPassword, problem))

    /** The page as services answer HTTP requests (protocol §11.4). */
    fun answer(event: Map<String, Any?>): Map<String, Any?> {
        val page = show(parseQueryString(event["query_string"] as? String ?: "")["key"])
        return mapOf("status" to page.status, "headers" to LoginHtml.headers + ("Content-Type" to HTML), "body" to page.html)
    }

    companion object {
        const val HTML = "text/html; charset=utf-8"
        private const val OK = 200
        private const val BAD = 400
        private const val DENIED = 403
        private const val GONE = 404
        private const val FAILED = 500
        private val logger = LoggerFactory.getLogger(LoginPage::class.java)
    }
}
