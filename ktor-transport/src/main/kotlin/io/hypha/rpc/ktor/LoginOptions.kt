package io.hypha.rpc.ktor

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** How to log in. */
public class LoginOptions internal constructor() : LoginServiceOptions() {
    /** How long a person has, from the moment that the address is shown. 60 seconds; servers end a login after some minutes (Hypha: 180 seconds). */
    public var loginTimeout: Duration = 60.seconds

    /** The only workspace that the token is to open; null for a token of the user. */
    public var workspace: String? = null

    /** How long the token is to be good for, in whole seconds; null to leave it to the server. */
    public var expiresIn: Duration? = null

    internal var callback: suspend (LoginContext) -> Unit = ::printAddress
        private set

    /**
     * Shows a person where to log in, in the place of the line on standard output: opens a browser, draws a code … It runs while the login is
     * waited for, and is cancelled when that ends without a token, or with the time for it; [login] returns when both are done. What it throws ends the login.
     *
     * On Android, where standard output is the system's log, always give one, for instance with an `Intent.ACTION_VIEW`.
     */
    public fun loginCallback(show: suspend (LoginContext) -> Unit) {
        callback = show
    }

    internal fun requireValid() {
        require(loginTimeout.isPositive() && loginTimeout.isFinite()) { "loginTimeout must be a finite time, not $loginTimeout" }
        require(connectTimeout.isPositive()) { "connectTimeout must be longer than nothing, not $connectTimeout" }
        val life = expiresIn
        require(life == null || (life.isFinite() && life.inWholeSeconds >= 1)) { "a token lives for a second or more, not $life" }
    }
}

/** The address holds the key of the login: it is for the person alone, so it goes to standard output and into no log. */
private suspend fun printAddress(context: LoginContext) {
    println("Please open your browser and log in at ${context.loginUrl}")
}
