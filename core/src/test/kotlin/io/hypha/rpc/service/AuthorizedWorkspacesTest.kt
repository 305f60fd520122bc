package io.hypha.rpc.service

import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.callAs
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** Other workspaces that may use a protected service (protocol §7.2). */
class AuthorizedWorkspacesTest {
    private fun shared(workspaces: List<String>?): ServiceBuilder.() -> Unit =
        {
            authorizedWorkspaces = workspaces
            function("f") { context.workspace }
        }

    private suspend fun ScriptedPeer.isAllowed(from: String): Boolean {
        callAs(from, "services.s.f")
        return expect().method == "P1.resolve"
    }

    @Test
    fun `registering again with overwrite changes who may call, and tells the server`() =
        withManager { alice, manager ->
            for ((workspaces, allowed) in listOf(
                listOf("friends") to setOf("friends"),
                listOf("family", "work") to setOf("family", "work"),
                emptyList<String>() to emptySet(),
                null to emptySet(),
            )) {
                val registering = async { alice.registerService("s", overwrite = true, build = shared(workspaces)) }
                val call = manager.expect()
                val config = (call.args.single() as Map<*, *>)["config"] as Map<*, *>
                config["visibility"] shouldBe "protected"
                config["authorized_workspaces"] shouldBe workspaces
                ("authorized_workspaces" in config) shouldBe (workspaces != null)
                manager.resolve(call, null)
                registering.await()
                for (workspace in listOf("friends", "family", "work", "other")) {
                    withClue("$workspace of $workspaces") { manager.isAllowed("$workspace/eve") shouldBe (workspace in allowed) }
                }
                manager.isAllowed("ws/bob") shouldBe true
            }
        }

    @Test
    fun `without overwrite nothing changes and nothing is sent`() =
        withManager { alice, manager ->
            alice.provideService(service("s", shared(listOf("friends"))))
            shouldThrow<IllegalArgumentException> { alice.registerService("s", build = shared(listOf("other"))) }.message shouldContain
                "overwrite=true"
            manager.expectNothing()
            manager.isAllowed("friends/eve") shouldBe true
            manager.isAllowed("other/eve") shouldBe false
        }

    @Test
    fun `only ids of workspaces are taken, before anything is sent`() =
        withManager { alice, manager ->
            val problems =
                mapOf(
                    "" to "authorizedWorkspaces holds an empty id; leave it out",
                    " " to "authorizedWorkspaces holds an empty id; leave it out",
                    "*" to "authorizedWorkspaces holds '*'; the id of a workspace has no '*', and there are no patterns",
                    "ws-*" to "authorizedWorkspaces holds 'ws-*'; the id of a workspace has no '*', and there are no patterns",
                    "friends/dave" to
                        "authorizedWorkspaces holds 'friends/dave'; the id of a workspace has no '/', and there are no patterns",
                )
            for ((id, problem) in problems) {
                withClue(id) {
                    shouldThrow<IllegalArgumentException> {
                        alice.registerService("s", build = shared(listOf("friends", id)))
                    }.message shouldBe problem
                }
            }
            for (other in listOf(Visibility.Public, Visibility.Unlisted)) {
                for (workspaces in listOf(listOf("friends"), emptyList())) {
                    shouldThrow<IllegalArgumentException> {
                        alice.registerService("s") {
                            visibility = other
                            shared(workspaces)()
                        }
                    }.message shouldContain "authorizedWorkspaces is for protected services; this one is ${other.wireName}"
                }
            }
            manager.expectNothing()
        }

    @Test
    fun `a list that changes afterwards changes nothing`() =
        withManager { alice, manager ->
            val workspaces = mutableListOf("friends")
            alice.provideService(service("s", shared(workspaces)))
            workspaces += "other"
            manager.isAllowed("other/eve") shouldBe false
            manager.isAllowed("friends/eve") shouldBe true
        }
}
