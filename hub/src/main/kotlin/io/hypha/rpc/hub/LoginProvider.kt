package io.hypha.rpc.hub

import io.hypha.rpc.hub.login.NamedUsers
import java.util.function.Function

/**
 * Decides who may log in at the hub's login page, and as whom: `HyphaHub.start { login = LoginProvider.withoutPassword() }`.
 *
 * Asked for every form that is sent, on a thread that it may block. A page that somebody fails at five times is
 * gone, and who fails 30 times in a minute has to wait for the next one.
 */
public fun interface LoginProvider {
    /** Whether the page asks for a password. */
    public val asksForPassword: Boolean get() = true

    /** The user that [form] stands for; null when it is not accepted. What it throws is logged, and the person told to try again. */
    public suspend fun user(form: LoginForm): LoginUser?

    /** Ready-made ones. */
    public companion object {
        /**
         * Everybody who can open the page is whoever they say they are, without a password. For development: a hub with it listens on this
         * machine only, whose users then can all be each other.
         */
        @JvmStatic
        public fun withoutPassword(): LoginProvider = NamedUsers(null)

        /**
         * Everybody who knows [password] is whoever they say they are.
         *
         * @param password 12 characters or more.
         */
        @JvmStatic
        public fun withPassword(password: String): LoginProvider = NamedUsers(password)

        /** In Java: [check] returns the user that a form with a password stands for, null when it is not accepted. It may block. */
        @JvmStatic
        public fun checking(check: Function<LoginForm, LoginUser?>): LoginProvider = LoginProvider { check.apply(it) }
    }
}
