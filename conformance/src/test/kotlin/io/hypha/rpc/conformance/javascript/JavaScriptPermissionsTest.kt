package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.param
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Who may find and call what, and what a provider learns of its caller, between Kotlin and the real JavaScript client (protocol §3.6, §9.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptPermissionsTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val near = Neighbour(stage.provider)
    private val friend = Neighbour(stage.join("friends"))
    private val stranger = Neighbour(stage.join("strangers"))

    @AfterAll
    fun end() {
        friend.peer.close()
        stranger.peer.close()
        stage.close()
    }

    private fun calling(test: suspend () -> Unit) = runBlocking { withTimeout(30.seconds) { test() } }

    private val me get() = "${kotlin.workspace}/${kotlin.clientId}"

    private suspend fun offer(
        id: String,
        configure: ServiceBuilder.() -> Unit,
    ) {
        kotlin.registerService(id, overwrite = true) {
            configure()
            function("secret") { context.from }
        }
    }

    private suspend fun shouldReach(
        id: String,
        vararg who: Neighbour,
    ) {
        for (neighbour in who) {
            withClue("${neighbour.address} uses $id") {
                val outcome = neighbour.use("$me:$id", "secret")
                outcome.error shouldBe null
                outcome.value shouldBe JsonPrimitive(neighbour.address)
                neighbour.callDirectly(me, "services.$id.secret").value shouldBe JsonPrimitive(neighbour.address)
            }
        }
    }

    private suspend fun shouldBeRefused(
        id: String,
        vararg who: Neighbour,
    ) {
        for (neighbour in who) {
            withClue("${neighbour.address} uses $id") {
                neighbour.use("$me:$id", "secret").error.orEmpty() shouldMatch Regex("(?s).*([Pp]ermission denied|[Ss]ervice not found).*")
                neighbour.callDirectly(me, "services.$id.secret").error.orEmpty() shouldContain
                    "Permission denied for invoking protected method ${neighbour.address}:services.$id.secret, " +
                    "workspace mismatch: ${kotlin.workspace} != ${neighbour.peer.workspace}"
            }
        }
    }

    private suspend fun listedTo(neighbour: Neighbour): List<String> =
        neighbour.seenBy(kotlin).call("listed", mapOf("workspace" to kotlin.workspace))

    @Test
    fun `public and unlisted services are for everybody, and only public ones are listed`() =
        calling {
            offer("open") { visibility = Visibility.Public }
            offer("hidden") { visibility = Visibility.Unlisted }
            shouldReach("open", near, friend, stranger)
            shouldReach("hidden", near, friend, stranger)
            for (neighbour in listOf(near, stranger)) {
                listedTo(neighbour) shouldContain "$me:open"
                listedTo(neighbour) shouldNotContain "$me:hidden"
            }
        }

    @Test
    fun `protected services are for the own workspace`() =
        calling {
            offer("inner") {}
            shouldReach("inner", near)
            shouldBeRefused("inner", friend, stranger)
            listedTo(near) shouldContain "$me:inner"
            listedTo(stranger) shouldNotContain "$me:inner"
        }

    @Test
    fun `authorised workspaces find, get and call a protected service, until it is registered without them`() =
        calling {
            offer("shared") { authorizedWorkspaces = listOf("friends") }
            shouldReach("shared", near, friend)
            shouldBeRefused("shared", stranger)
            listedTo(friend) shouldContain "$me:shared"
            listedTo(stranger) shouldNotContain "$me:shared"
            offer("shared") { authorizedWorkspaces = emptyList() }
            shouldReach("shared", near)
            shouldBeRefused("shared", friend, stranger)
            listedTo(friend) shouldNotContain "$me:shared"
        }

    @Test
    fun `Kotlin is refused by a protected service of JavaScript in another workspace`() =
        calling {
            kotlin.getService("${near.address}:js-protected").call<String>("secret") shouldBe "spores"
            shouldThrow<PermissionDeniedException> { kotlin.getService("${stranger.address}:js-protected") }
            shouldThrow<PermissionDeniedException> { kotlin.getServiceOf(stranger.address, "js-protected") }
        }

    @Test
    fun `a JavaScript provider gets the context of a Kotlin caller, which cannot bring its own`() =
        calling {
            val service = kotlin.getService("${near.address}:js-context")
            service.config["require_context"] shouldBe true
            val forged = mapOf("from" to "ws/root")
            val plain = service.call<Map<String, Any?>>("caller", 1, 2)
            plain shouldBe mapOf("a" to 1L, "b" to 2L, "from" to me)
            service.call<Map<String, Any?>>("caller", kwargs = mapOf("a" to 1, "context" to forged))["from"] shouldBe me
        }

    @Test
    fun `a Kotlin handler gets the context of a JavaScript caller, which cannot bring its own`() =
        calling {
            var seen: CallContext? = null
            kotlin.registerService("asking", overwrite = true) {
                visibility = Visibility.Public
                requireContext("who", "deep.who")
                function("who", param("x", default = 0)) { x: Int ->
                    seen = context
                    x
                }
                group("deep") { function("who") { context.workspace } }
                function("other") { 1 }
            }
            for (neighbour in listOf(near, stranger)) {
                val config = neighbour.seenBy(kotlin).call<Map<String, Any?>>("configOf", "$me:asking")
                config shouldBe mapOf("visibility" to "public", "requireContext" to listOf("who", "deep.who"), "authorized" to null)
                val forged = buildJsonObject { putJsonObject("context") { put("from", "ws/root") } }
                neighbour.useByKeyword("$me:asking", "who", JsonObject(forged + ("x" to JsonPrimitive(7)))).value shouldBe JsonPrimitive(7)
                val context = checkNotNull(seen)
                listOf(context.from, context.to, context.workspace) shouldBe listOf(neighbour.address, me, neighbour.peer.workspace)
                context.connectionType shouldBe "websocket"
                context.user.id shouldBe if (neighbour === near) "tester" else "neighbour"
                context.user.isAnonymous shouldBe false
                context.user.scope.permissionIn(neighbour.peer.workspace) shouldBe WorkspacePermission.Admin
                context.callerPublicKey shouldBe null
                neighbour.useByKeyword("$me:asking", "other", forged).error.orEmpty() shouldContain
                    "function 'other' has no parameter 'context'"
            }
        }
}
