package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.LoginForm
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.hub.LoginUser
import io.hypha.rpc.hub.auth.HubProblem
import io.ktor.http.parseQueryString
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
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
    private val failed: FailedLogins = FailedLogins(),
) {
    /** The form for the login [key]. */
    fun show(key: String?): PageAnswer {
        if (key == null) return PageAnswer(BAD, LoginHtml.message("Log in", "Open the whole address that your program shows."))
        val session = desk.sessions.find(key)
        return if (session == null || session.outcomeNow != null) gone() else form(OK, session, null)
    }

    /** Takes what a person typed at the network address [from]. */
    suspend fun submit(
        key: String?,
        form: LoginForm,
        from: String,
    ): PageAnswer {
        val session = key?.let(desk.sessions::find) ?: return gone()
        if (failed.areTooMany(from)) return form(TOO_MANY, session, "Too many logins have failed. Try again in a minute.")
        if (session.outcomeNow != null) return gone()
        if (!session.attempt()) return tooOften()
        val user =
            try {
                // It may ask another server, and hold up its thread with that.
                withContext(Dispatchers.IO) { provider.user(form) }
            } catch (e: CancellationException) {
                throw e
            } catch (
                // The provider is not the hub's own, and may fail in any way.
                @Suppress("TooGenericExceptionCaught") e: Exception,
            ) {
                logger.error("The login provider failed", e)
                session.forgive()
                return form(FAILED, session, "The login could not be checked. Try again later.")
            }
        if (user != null) return enter(session, user)
        failed.add(from)
        return refuse(session)
    }

    private fun enter(
        session: LoginSession,
        user: LoginUser,
    ): PageAnswer =
        try {
            desk.enter(session, user)
            PageAnswer(OK, LoginHtml.message("Logged in", "You are logged in as ${user.id}. You can close this page."))
        } catch (e: HubProblem) {
            session.forgive()
            form(DENIED, session, e.detail)
        }

    private fun refuse(session: LoginSession): PageAnswer {
        if (!session.isExhausted) return form(DENIED, session, "This name or password is not accepted.")
        desk.sessions.remove(session)
        return tooOften()
    }

    private fun tooOften() =
        PageAnswer(DENIED, LoginHtml.message("Log in", "That failed too often. Start the login again in your program."))

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
        private const val TOO_MANY = 429
        private const val FAILED = 500
        private val logger = LoggerFactory.getLogger(LoginPage::class.java)
    }
}
