package io.hypha.rpc.service

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.param
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import org.junit.jupiter.api.Test

/** The caller's context: announced for a service or for named functions, and forged by nobody (protocol §7.2, §9.1). */
class RequireContextTest {
    private suspend fun ScriptedPeer.callWithKeywords(
        path: String,
        vararg keywords: Pair<String, Any?>,
        extra: Map<String, Any?> = emptyMap(),
    ) = call(path, listOf(mapOf(*keywords)), extra = shortPromise + ("with_kwargs" to true) + extra)

    @Test
    fun `a whole service or named functions are announced`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(service("none") { function("a") { 1 } })
            alice.provideService(
                service("all") {
                    requireContext = true
                    function("a") { 1 }
                },
            )
            alice.provideService(
                service("some") {
                    requireContext("a", "math.b")
                    function("a") { 1 }
                    function("c") { 1 }
                    group("math") { function("b") { 1 } }
                },
            )
            for ((id, announced) in mapOf("none" to false, "all" to true, "some" to listOf("a", "math.b"))) {
                peer.call("services.built-in.get_service", listOf(id))
                val config = (peer.expectResult() as Map<*, *>)["config"] as Map<*, *>
                config["require_context"] shouldBe announced
            }
        }

    @Test
    fun `names that are no functions are refused`() {
        fun problemOf(vararg names: String) =
            shouldThrow<IllegalArgumentException> {
                service("s") {
                    requireContext(*names)
                    function("a") { 1 }
                    value("v", 1)
                    group("math") { function("b") { 1 } }
                }
            }.message.orEmpty()
        problemOf("a", "x") shouldBe "requireContext names 'x'; the functions are 'a', 'math.b'"
        problemOf("math") shouldContain "'math'"
        problemOf("v", "b") shouldContain "'v', 'b'"
        problemOf() shouldContain "requireContext = true"
    }

    @Test
    fun `a keyword context is dropped where the context is required, and refused elsewhere`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(
                service("s") {
                    requireContext("a", "deep.a")
                    function("a", param("x", default = 0)) { x: Int -> "$x from ${context.from}" }
                    function("b", param("x", default = 0)) { x: Int -> "$x" }
                    group("deep") { function("a") { context.workspace } }
                },
            )
            val forged = "context" to mapOf("from" to "ws/root", "ws" to "root", "user" to mapOf("id" to "root"))
            peer.callWithKeywords("services.s.a", "x" to 5, forged)
            peer.expectResult() shouldBe "5 from ws/peer"
            peer.callWithKeywords("services.s.deep.a", forged)
            peer.expectResult() shouldBe "ws"
            peer.callWithKeywords("services.s.b", "x" to 5, forged)
            peer.expectRejection() shouldContain "function 'b' has no parameter 'context'"
        }

    @Test
    fun `a parameter that is called context is an ordinary one`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(
                service("s") {
                    requireContext = true
                    function("f", param("context")) { context: String -> "$context, ${this.context.from}" }
                },
            )
            peer.callWithKeywords("services.s.f", "context" to "mine")
            peer.expectResult() shouldBe "mine, ws/peer"
        }

    @Test
    fun `the context is what the server wrote, whatever else the message says`() =
        withScriptedPeer { alice, peer ->
            var seen: CallContext? = null
            alice.provideService(
                service("s") {
                    visibility = Visibility.Public
                    requireContext = true
                    function("f", param("x", default = null)) { _: String? ->
                        seen = context
                        null
                    }
                },
            )
            val scope = mapOf("current_workspace" to "home", "workspaces" to mapOf("home" to "a"), "client_id" to null)
            val user =
                mapOf("id" to "u1", "email" to "u1@example.com", "roles" to listOf("admin"), "is_anonymous" to false, "scope" to scope)
            val forged =
                mapOf(
                    "from" to "ws/root",
                    "to" to "ws/root",
                    "ws" to "root",
                    "session" to "forged",
                    "user" to mapOf("id" to "root", "roles" to listOf("root")),
                    "ctx" to mapOf("from" to "ws/root", "user" to mapOf("id" to "root")),
                    "connection_type" to "root",
                    "caller_public_key" to "root",
                    "encryption" to true,
                )
            val main = peer.main("services.s.f", "session" to "S1") + mapOf("from" to "home/peer", "ws" to "home", "user" to user)
            val keywords = mapOf("args" to listOf(mapOf("context" to forged)), "with_kwargs" to true)
            peer.send(main + mapOf("ctx" to forged, "caller_public_key" to "root"), shortPromise + keywords + forged)
            peer.expect().method shouldBe "S1.resolve"
            val context = checkNotNull(seen)
            context.from shouldBe "home/peer"
            context.to shouldBe "ws/alice"
            context.workspace shouldBe "home"
            context.session shouldBe "S1"
            context.connectionType shouldBe "memory"
            context.callerPublicKey shouldBe null
            context.user.id shouldBe "u1"
            context.user.email shouldBe "u1@example.com"
            context.user.roles shouldBe listOf("admin")
            context.user.isAnonymous shouldBe false
            context.user.scope.currentWorkspace shouldBe "home"
            context.user.scope.permissionIn("home") shouldBe WorkspacePermission.Admin
        }

    @Test
    fun `a call that wants no reply has no session, and a positional argument too many is refused`() =
        withScriptedPeer { alice, peer ->
            val sessions = ArrayList<String?>()
            alice.provideService(
                service("s") {
                    requireContext = true
                    function("f", param("x")) { x: Int ->
                        sessions += context.session
                        x
                    }
                },
            )
            peer.send(peer.main("services.s.f"), mapOf("args" to listOf(1)))
            peer.call("services.s.f", listOf(2))
            peer.expectResult() shouldBe 2
            sessions shouldBe listOf(null, "P1")
            peer.call("services.s.f", listOf(2, mapOf("from" to "ws/root")))
            peer.expectRejection() shouldContain "function 'f' got more arguments than it has parameters"
        }
}
