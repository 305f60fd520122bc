package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.kotest.assertions.assertSoftly
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Services that a JavaScript client offers, and what Kotlin callers of three workspaces make of them (protocol §3.6, §7.2, §9.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptOffersTest {
    private val hub = HyphaHub.start()
    private val js: JsPeer
    private val insider: HyphaConnection
    private val guest: HyphaConnection
    private val stranger: HyphaConnection
    private val offers: RemoteService

    init {
        val (own, friends, others) = listOf("host-one", "guest-one", "other-one").map(::workspace)
        js = JsPeer.start(hub.url, "--workspace", own.first, "--token", own.second, "--client-id", "host")
        insider = connect(own)
        guest = connect(friends)
        stranger = connect(others)
        offers = runBlocking { insider.getService("js-offers") }
    }

    private fun workspace(id: String): Pair<String, String> {
        hub.createWorkspace(id)
        return id to hub.createToken("user-of-$id", id, WorkspacePermission.Admin)
    }

    private fun connect(place: Pair<String, String>) =
        runBlocking {
            connectToServer(hub.url) {
                workspace = place.first
                token = place.second
                clientId = "kotlin"
            }
        }

    @AfterAll
    fun end() {
        js.close()
        listOf(insider, guest, stranger).forEach { it.close() }
        hub.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(60.seconds) { test() } }
    }

    private class Row(
        val config: Map<String, Any?>,
        val opened: String,
        val listed: String = opened,
    )

    private val rows =
        listOf(
            Row(mapOf("visibility" to "public"), "insider guest stranger"),
            Row(mapOf("visibility" to "unlisted"), "insider guest stranger", listed = ""),
            Row(mapOf("visibility" to "protected"), "insider"),
            Row(emptyMap(), "insider"),
            Row(mapOf("visibility" to "protected", "authorized_workspaces" to listOf("guest-one")), "insider guest"),
            Row(mapOf("visibility" to "protected", "authorized_workspaces" to listOf("nobody-one", "guest-one")), "insider guest"),
            Row(mapOf("authorized_workspaces" to emptyList<String>()), "insider"),
        )

    private val callers get() = mapOf("insider" to insider, "guest" to guest, "stranger" to stranger)

    private suspend fun opens(run: suspend () -> String): Boolean =
        try {
            run() == "spores"
        } catch (_: PermissionDeniedException) {
            false
        }

    @Test
    fun `Kotlin gets, calls and sees what JavaScript opens to its workspace, and is denied the rest`() =
        testing {
            assertSoftly {
                for (row in rows) {
                    // Handles from a time when the service was open show that JavaScript refuses the calls by itself.
                    val id = offers.call<String>("offer", "room", mapOf("visibility" to "public"))
                    val handles = callers.mapValues { (_, caller) -> caller.getService(id) { follow = false } }
                    offers.call<String>("offer", "room", row.config)
                    for ((name, caller) in callers) {
                        withClue("${row.config}, $name") {
                            val isOpen = name in row.opened
                            opens { caller.getService(id).call("secret") } shouldBe isOpen
                            opens { caller.getServiceOf("host-one/host", "room").call("secret") } shouldBe isOpen
                            opens { handles.getValue(name).call("secret") } shouldBe isOpen
                            opens { "spores".takeIf { caller.getServiceInfo(id).id == id }.orEmpty() } shouldBe isOpen
                            val listed = caller.listServices("host-one/room").singleOrNull()
                            (listed != null) shouldBe (name in row.listed)
                            if (name == "guest") listed?.config?.get("authorized_workspaces") shouldBe null
                        }
                    }
                }
            }
            offers.call<Any?>("withdraw", "room")
        }

    @Test
    fun `a refusal of JavaScript has the protocol's words`() =
        testing {
            val id = offers.call<String>("offer", "closed", mapOf("visibility" to "public"))
            val handle = stranger.getService(id) { follow = false }
            offers.call<String>("offer", "closed", mapOf("visibility" to "protected"))
            shouldThrow<PermissionDeniedException> { handle.call<String>("secret") }.message shouldContain
                "Permission denied for invoking protected method other-one/kotlin:services.closed.secret, " +
                "workspace mismatch: host-one != other-one"
            shouldThrow<PermissionDeniedException> { stranger.getService(id) }.message shouldContain
                "Permission denied for non-public service in workspace"
            offers.call<Any?>("withdraw", "closed")
        }

    @Test
    fun `JavaScript gives the context to the functions that it names, and Kotlin sees their names`() =
        testing {
            val id = offers.call<String>("offer", "asking", mapOf("visibility" to "public", "require_context" to listOf("who")))
            for ((_, caller) in callers) {
                val service = caller.getService(id)
                service.config["require_context"] shouldBe listOf("who")
                service.call<Map<String, Any?>>("who", 7) shouldBe
                    mapOf(
                        "x" to 7L,
                        "from" to "${caller.workspace}/kotlin",
                        "ws" to caller.workspace,
                        "user" to "user-of-${caller.workspace}",
                    )
                service.call<Map<String, Any?>>("plain", 7) shouldBe mapOf("x" to 7L, "from" to null)
                val forged = mapOf("x" to 1, "context" to mapOf("from" to "host-one/root"))
                service.call<Map<String, Any?>>("who", kwargs = forged)["from"] shouldBe "${caller.workspace}/kotlin"
            }
            offers.call<Any?>("withdraw", "asking")
        }

    @Test
    fun `other words, and lists that cannot be, are refused by JavaScript, and nothing is registered`() =
        testing {
            val configs =
                listOf(
                    mapOf("visibility" to "private"),
                    mapOf("visibility" to "public", "authorized_workspaces" to listOf("guest-one")),
                    mapOf("authorized_workspaces" to "guest-one"),
                )
            for (config in configs) {
                withClue(config) {
                    shouldThrow<HyphaException> { offers.call<String>("offer", "never", config) }
                    insider.listServices("host-one/never").size shouldBe 0
                }
            }
        }
}
