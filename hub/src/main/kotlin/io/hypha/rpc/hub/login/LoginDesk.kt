package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.LoginUser
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.workspace.Workspaces
import kotlin.time.Duration

/**
 * Brings a program that wants a token together with the person who logs in for it (protocol §9.5).
 *
 * @param baseUrl the address under which browsers reach the hub.
 * @param epochSeconds the time of day.
 */
internal class LoginDesk(
    val sessions: LoginSessions,
    private val tokens: Tokens,
    private val workspaces: Workspaces,
    private val baseUrl: () -> String,
    private val epochSeconds: () -> Long = { System.currentTimeMillis() / MILLIS },
) {
    /** Begins a login. */
    fun start(request: LoginRequest): Map<String, Any?> {
        val session = sessions.start(request)
        val services = "${baseUrl()}/public/services/hypha-login"
        return linkedMapOf(
            "login_url" to LoginAddress.page(baseUrl(), session),
            "key" to session.key,
            "report_url" to "$services/report",
            "check_url" to "$services/check",
        )
    }

    /** What the login led to. With a timeout of nothing at once, and null when it is still under way. Works once. */
    suspend fun check(
        key: String,
        timeout: Duration,
    ): LoginOutcome? {
        val session = find(key)
        val outcome =
            if (timeout.isPositive()) {
                session.await(timeout) ?: throw timeout(timeout)
            } else {
                session.outcomeNow ?: return null
            }
        if (!sessions.remove(session)) throw invalidKey()
        return outcome
    }

    /** Completes a login with a token that somebody has already. */
    fun report(
        key: String,
        token: String,
        asked: LoginRequest,
        person: LoginPerson,
    ) {
        val session = find(key)
        val user = tokens.verify(token)
        requirePermitted(user.scope.special.isEmpty()) { "A token with special scopes is no good for a login" }
        val left = user.expiresAt!! - epochSeconds()
        val workspace = asked.workspace ?: session.request.workspace
        if (workspace == null) {
            complete(session, LoginOutcome(token, user.scope.currentWorkspace, left, user.id, vouched(person, user)))
        } else {
            // Whoever holds a token that ends soon must not make one of it that ends late.
            val life = minOf(asked.life ?: session.request.life ?: WORKSPACE_LIFE, left)
            complete(session, LoginOutcome(scoped(user, workspace, life), workspace, life, user.id, vouched(person, user)))
        }
    }

    /** Completes a login for somebody whom the login page let in. */
    fun enter(
        session: LoginSession,
        who: LoginUser,
    ) {
        // Workspaces name their owners by address too: one that anybody could have typed must not stand in a token.
        val user = UserInfo(who.id, email = who.email.takeIf { who.emailVerified })
        val workspace = session.request.workspace
        val life = session.request.life ?: if (workspace == null) USER_LIFE else WORKSPACE_LIFE
        val token = if (workspace == null) tokens.issue(user, life) else scoped(user, workspace, life)
        val person = LoginPerson(who.email, who.emailVerified, who.name, who.nickname, who.picture)
        complete(session, LoginOutcome(token, workspace, life, who.id, person))
    }

    /** Where a person logs out. */
    fun logout(): Map<String, Any?> = mapOf("logout_url" to LoginAddress.logout(baseUrl()))

    private fun find(key: String): LoginSession = sessions.find(key) ?: throw invalidKey()

    private fun invalidKey() = HubProblem("AssertionError", "Invalid key, key does not exist")

    private fun timeout(after: Duration): HubProblem {
        val seconds = after.inWholeMilliseconds.toDouble() / MILLIS
        val text = if (seconds % 1 == 0.0) seconds.toLong().toString() else seconds.toString()
        return HubProblem("TimeoutError", "Login timeout, waited for $text seconds")
    }

    private fun complete(
        session: LoginSession,
        outcome: LoginOutcome,
    ) {
        requireValue(session.complete(outcome)) { "This login is complete already" }
    }

    /** Whoever reports may say of itself what it likes, but only an address that stands in the token is verified. */
    private fun vouched(
        person: LoginPerson,
        user: UserInfo,
    ): LoginPerson {
        val email = user.email ?: person.email
        return LoginPerson(email, person.emailVerified && user.email != null, person.name, person.nickname, person.picture)
    }

    /** A token for [workspace] alone, with what the user may do there. It does not carry the role that may do everything. */
    private fun scoped(
        user: UserInfo,
        workspace: String,
        life: Long,
    ): String {
        val bound = user.scope.currentWorkspace
        requirePermitted(bound == null || bound == workspace) { "The token is bound to workspace $bound and cannot open $workspace" }
        val permission = workspaces.find(workspace, user)?.permissionOf(user)
        requirePermitted(permission != null) { "Permission denied for workspace $workspace" }
        val scope = Scope(mapOf(workspace to permission), workspace, user.scope.clientId, user.scope.extra)
        return tokens.issue(UserInfo(user.id, user.roles - UserInfo.ADMIN, scope, user.email, user.parent), life)
    }

    private companion object {
        const val MILLIS = 1000L
        const val WORKSPACE_LIFE = 3600L
        const val USER_LIFE = 24 * 3600L
    }
}
