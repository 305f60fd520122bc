package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.service.Service
import io.ktor.server.routing.Route

/** Everything that a hub with a login has for it. */
internal class LoginRoom(
    private val desk: LoginDesk,
    private val page: LoginPage,
    private val server: () -> Server,
) {
    /** Ends the logins that are under way. */
    fun close() {
        desk.sessions.close()
    }

    fun service(): Service = loginService(desk, page)

    fun Route.routes() {
        loginPages(page, ::origins)
        loginHttp(desk)
    }

    /** The public address, and those of this machine, which people use for each other. */
    private fun origins(): Set<String> {
        val local = server().localUrl
        return listOf(server().publicUrl, local, local.replace("127.0.0.1", "localhost")).mapNotNull(LoginAddress::originOf).toSet()
    }
}
