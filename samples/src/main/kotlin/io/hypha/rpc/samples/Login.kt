package io.hypha.rpc.samples

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.TokenProvider
import io.hypha.rpc.client.generateToken
import io.hypha.rpc.client.parseToken
import io.hypha.rpc.client.revokeToken
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.LoginProvider
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.ktor.loginWithProfile
import kotlinx.coroutines.runBlocking
import java.io.File
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes

/** Has you log in with a browser, at the server whose URL is the argument, or else at a hub of its own. */
object Login {
    @JvmStatic
    fun main(args: Array<String>) {
        val url = args.firstOrNull()
        if (url == null) {
            HyphaHub.start { login = LoginProvider.withoutPassword() }.use { hub -> runBlocking { greet(hub.url) } }
        } else {
            runBlocking { greet(url) }
        }
    }

    private suspend fun greet(url: String) {
        logIn(url).use { server ->
            println("You are ${server.user.id} in the workspace ${server.workspace}")
            shareWithGuest(server)
        }
    }

    // tag::login[]
    suspend fun logIn(url: String): HyphaConnection {
        val profile =
            loginWithProfile(url) {
                loginTimeout = 3.minutes
                loginCallback { context -> println("Log in at ${context.loginUrl}") }
            }
        println("Hello ${profile.name}")
        return connectToServer(url) { token = profile.token }
    }
    // end::login[]

    // tag::tokens[]
    suspend fun shareWithGuest(server: HyphaConnection) {
        val token =
            server.generateToken {
                permission = WorkspacePermission.Read
                expiresIn = 1.hours
            }
        val guest = server.parseToken(token)
        println("A guest of ${guest.parent} may ${guest.scope.permissionIn(server.workspace)?.word}")
        server.revokeToken(token)
    }
    // end::tokens[]

    // tag::token-provider[]
    suspend fun connectWithFreshTokens(
        url: String,
        tokenFile: File,
    ): HyphaConnection = connectToServer(url) { tokenProvider = TokenProvider { tokenFile.readText().trim() } }
    // end::token-provider[]

    // tag::environment[]
    suspend fun connectAsConfigured(): HyphaConnection = connectToServer { timeout = 1.minutes }
    // end::environment[]
}
