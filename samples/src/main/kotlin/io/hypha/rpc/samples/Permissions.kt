package io.hypha.rpc.samples

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.ServiceInfo
import kotlinx.coroutines.runBlocking

/** A service for its own workspace and one other, which asks who calls. */
object Permissions {
    private val people = mapOf("ann" to "lab-one", "ben" to "lab-two", "cleo" to "lab-three")

    @JvmStatic
    fun main(args: Array<String>) {
        HyphaHub.start().use { hub ->
            people.values.forEach { hub.createWorkspace(it) }
            runBlocking {
                hub.connect("ann").use { provider ->
                    val id = offer(provider).id
                    for (person in people.keys) hub.connect(person).use { ask(it, id) }
                }
            }
        }
    }

    private suspend fun HyphaHub.connect(person: String): HyphaConnection {
        val home = people.getValue(person)
        val key = createToken(person, home, WorkspacePermission.Admin)
        return connectToServer(url) {
            workspace = home
            token = key
        }
    }

    // tag::permissions[]
    suspend fun offer(server: HyphaConnection): ServiceInfo =
        server.registerService("notebook") {
            authorizedWorkspaces = listOf("lab-two")
            requireContext("greet")
            function("greet") { "Hello ${context.user.id} in ${context.workspace}" }
        }
    // end::permissions[]

    private suspend fun ask(
        server: HyphaConnection,
        id: String,
    ) {
        try {
            println(server.getService(id).call<String>("greet"))
        } catch (_: PermissionDeniedException) {
            println("refused in ${server.workspace}")
        }
    }
}
