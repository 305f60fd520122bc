package io.hypha.rpc.ktor

/** How to log out. */
public class LogoutOptions internal constructor() : LoginServiceOptions() {
    internal var callback: suspend (url: String) -> Unit = { println("Please open your browser to log out at $it") }
        private set

    /** Shows a person where to log out, in the place of the line on standard output. */
    public fun logoutCallback(show: suspend (url: String) -> Unit) {
        callback = show
    }
}
