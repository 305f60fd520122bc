package io.hypha.rpc.service

import io.hypha.rpc.testing.callAs
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** Who may call, and who may get, a service of the client `ws/alice`, whose manager is `manager-1` (protocol §3.6, §7.8, §9.3). */
class PermissionTest {
    private class Caller(
        val from: String,
        val workspace: String = from.substringBefore('/'),
    )

    private class Row(
        val caller: Caller,
        val service: String,
        val mayCall: Boolean,
        val mayGet: Boolean,
    )

    private fun answering(
        id: String,
        configure: ServiceBuilder.() -> Unit,
    ): Service =
        service(id) {
            configure()
            group("deep") { function("f") { context.from } }
        }

    private val services =
        listOf(
            answering("open") { visibility = Visibility.Public },
            answering("hidden") { visibility = Visibility.Unlisted },
            answering("own") {},
            answering("shared") { authorizedWorkspaces = listOf("friends", "family") },
            answering("alone") { authorizedWorkspaces = emptyList() },
        )

    private val everything = services.map { it.id }.toSet()
    private val free = setOf("open", "hidden")

    private fun rows(
        caller: Caller,
        call: Set<String>,
        get: Set<String>,
    ) = services.map { Row(caller, it.id, it.id in call, it.id in get) }

    private val table =
        rows(Caller("ws/bob"), call = everything, get = everything) +
            rows(Caller("other/carol"), call = free, get = free) +
            rows(Caller("friends/dave"), call = free + "shared", get = free + "shared") +
            rows(Caller("*/manager-1", "ws"), call = everything, get = everything) +
            rows(Caller("*/manager-1", "other"), call = everything, get = free) +
            rows(Caller("*/manager-1", "friends"), call = everything, get = free + "shared") +
            rows(Caller("*/manager-2", "ws"), call = free, get = everything)

    private fun textOf(argument: Any?) = (argument as Map<*, *>)["_rvalue"]

    @Test
    fun `functions answer the callers that the service allows`() =
        withScriptedPeer { alice, peer ->
            services.forEach(alice::provideService)
            for (row in table) {
                val caller = row.caller
                withClue("${caller.from} for ${caller.workspace} calls ${row.service}") {
                    val path = "services.${row.service}.deep.f"
                    peer.callAs(caller.from, path, workspace = caller.workspace)
                    val reply = peer.expect()
                    reply.method shouldBe if (row.mayCall) "P1.resolve" else "P1.reject"
                    val workspace = caller.from.substringBefore('/')
                    val refusal =
                        "Permission denied for invoking protected method ${caller.from}:$path, workspace mismatch: ws != $workspace"
                    if (row.mayCall) reply.args.single() shouldBe caller.from else textOf(reply.args.single()) shouldBe refusal
                }
            }
        }

    @Test
    fun `services are handed to the callers that the service allows`() =
        withScriptedPeer { alice, peer ->
            services.forEach(alice::provideService)
            for (row in table) {
                val caller = row.caller
                withClue("${caller.from} for ${caller.workspace} gets ${row.service}") {
                    peer.callAs(caller.from, "services.built-in.get_service", listOf(row.service), workspace = caller.workspace)
                    val reply = peer.expect()
                    reply.method shouldBe if (row.mayGet) "P1.resolve" else "P1.reject"
                    val refusal =
                        "Permission denied for getting protected service: ${row.service}, workspace mismatch: ws != ${caller.workspace}"
                    if (!row.mayGet) textOf(reply.args.single()) shouldBe refusal
                }
            }
        }

    @Test
    fun `everybody may ping and ask, and is told what does not exist`() =
        withScriptedPeer { alice, peer ->
            for (from in listOf("ws/bob", "other/carol", "*/manager-2")) {
                peer.callAs(from, "services.built-in.ping", listOf("ping"))
                peer.expect().args shouldBe listOf("pong")
                peer.callAs(from, "services.built-in.get_service", listOf("nope"))
                textOf(peer.expect().args.single()) shouldBe "KeyError: 'Service not found: nope'"
                peer.callAs(from, "services.nope.f")
                textOf(peer.expect().args.single()) shouldBe "Method expired or not found: $from:services.nope.f"
            }
            alice.clientId shouldBe "alice"
        }

    @Test
    fun `what is handed out holds the functions by their paths`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(services.first())
            peer.call("services.built-in.get_service", listOf("open"))
            val entries = peer.expectResult() as Map<*, *>
            entries["id"] shouldBe "open"
            entries["config"] shouldBe mapOf("visibility" to "public", "require_context" to false, "workspace" to "ws")
            val method = (entries["deep"] as Map<*, *>)["f"] as Map<*, *>
            method["_rmethod"] shouldBe "services.open.deep.f"
            method["_rtarget"] shouldBe "ws/alice"
        }
}
