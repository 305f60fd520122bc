package io.hypha.rpc.client

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** The functions about workspaces, as the server gets and answers them (protocol §8.1). */
class WorkspaceFunctionsTest {
    @Test
    fun `a workspace is created with what is given and nothing else`() =
        withManager { alice, manager ->
            val plain =
                manager.answer(this, "create_workspace", mapOf("id" to "lab-7"), args = listOf(mapOf("id" to "lab-7"))) {
                    alice.manager.createWorkspace("lab-7")
                }
            plain.name shouldBe "lab-7"
            val given =
                mapOf(
                    "id" to "lab-8",
                    "name" to "Lab",
                    "description" to "ours",
                    "persistent" to true,
                    "owners" to listOf("a@b.org"),
                    "icon" to "x",
                    "config" to mapOf("k" to 1L),
                )
            val full =
                manager.answer(this, "create_workspace", given + ("status" to mapOf("ready" to true)), args = listOf(given, true)) {
                    alice.manager.createWorkspace("lab-8") {
                        name = "Lab"
                        description = "ours"
                        persistent = true
                        owners = listOf("a@b.org")
                        icon = "x"
                        overwrite = true
                        config("k", 1)
                    }
                }
            listOf(
                full.id,
                full.name,
                full.description,
                full.isPersistent,
                full.owners,
                full.config,
                full.isReady,
                full.isReadOnly,
            ) shouldBe
                listOf("lab-8", "Lab", "ours", true, listOf("a@b.org"), mapOf("k" to 1L), true, false)
            shouldThrow<IllegalArgumentException> { alice.manager.createWorkspace("") }
            manager.expectNothing()
        }

    @Test
    fun `workspaces are listed in parts`() =
        withManager { alice, manager ->
            val all = listOf(mapOf("id" to "a-1"), mapOf("id" to "b-2"))
            manager.answer(this, "list_workspaces", all, args = emptyList()) { alice.manager.listWorkspaces() }.map { it.id } shouldBe
                listOf("a-1", "b-2")
            val asked = mapOf("match" to mapOf("persistent" to true), "offset" to 5L, "limit" to 10L)
            manager.answer(this, "list_workspaces", emptyList<Any?>(), kwargs = asked) {
                alice.manager.listWorkspaces(mapOf("persistent" to true), offset = 5, limit = 10)
            } shouldBe emptyList()
            for ((offset, limit) in listOf(-1 to 1, 0 to 0, 0 to 257)) {
                shouldThrow<IllegalArgumentException> { alice.manager.listWorkspaces(offset = offset, limit = limit) }
            }
            manager.expectNothing()
        }

    @Test
    fun `a workspace is described, whatever the server leaves out`() =
        withManager { alice, manager ->
            val tagged = mapOf("_rtype" to "pydantic-model", "id" to "ws", "status" to null, "config" to null, "owners" to null)
            val info = manager.answer(this, "get_workspace_info", tagged, args = emptyList()) { alice.manager.getWorkspaceInfo() }
            listOf(info.id, info.name, info.isReady, info.config, info.owners, info.bookmarks) shouldBe
                listOf("ws", "ws", null, emptyMap<String, Any?>(), emptyList<String>(), emptyList<Bookmark>())
            info.entries.containsKey("status") shouldBe true
            manager
                .answer(this, "get_workspace_info", mapOf("id" to "b"), kwargs = mapOf("workspace" to "b")) {
                    alice.manager.getWorkspaceInfo("b")
                }.id shouldBe "b"
        }

    @Test
    fun `bookmarks are made, listed and forgotten`() =
        withManager { alice, manager ->
            val service = mapOf("bookmark_type" to "service", "id" to "ws/bob:s")
            manager.answer(this, "bookmark", null, args = listOf(service)) { alice.manager.bookmark(BookmarkKind.Service, "ws/bob:s") }
            val all = listOf(service + ("name" to "S"), mapOf("bookmark_type" to "workspace", "id" to "b"), mapOf("bookmark_type" to "new"))
            val info =
                manager.answer(
                    this,
                    "get_workspace_info",
                    mapOf("config" to mapOf("bookmarks" to all)),
                ) { alice.manager.getWorkspaceInfo() }
            info.bookmarks.map { Triple(it.kind, it.id, it.name) } shouldBe
                listOf(
                    Triple(BookmarkKind.Service, "ws/bob:s", "S"),
                    Triple(BookmarkKind.Workspace, "b", null),
                    Triple(null, "", null),
                )
            manager.answer(this, "unbookmark", null, args = listOf(mapOf("bookmark_type" to "workspace", "id" to "b"))) {
                alice.manager.unbookmark(BookmarkKind.Workspace, "b")
            }
            manager.answer(this, "delete_workspace", null, args = listOf("b")) { alice.manager.deleteWorkspace("b") }
        }

    @Test
    fun `a summary counts, and understands both forms of services`() =
        withManager { alice, manager ->
            val long =
                mapOf(
                    "name" to "ws",
                    "client_count" to 2,
                    "clients" to listOf("ws/a", "ws/b"),
                    "service_count" to 7,
                    "services" to listOf(mapOf("id" to "ws/a:s", "type" to "generic"), "ws/b:t"),
                )
            val summary = manager.answer(this, "get_summary", long) { alice.manager.getSummary() }
            listOf(summary.name, summary.description, summary.clientCount, summary.clients, summary.serviceCount) shouldBe
                listOf("ws", null, 2, listOf("ws/a", "ws/b"), 7)
            summary.services.map { it.id to it.type } shouldBe listOf("ws/a:s" to "generic", "ws/b:t" to null)
            val empty = manager.answer(this, "get_summary", emptyMap<String, Any?>()) { alice.manager.getSummary() }
            listOf(empty.name, empty.clientCount, empty.serviceCount) shouldBe listOf("", 0, 0)
        }

    @Test
    fun `a status says whether the workspace is ready`() =
        withManager { alice, manager ->
            val ready = mapOf("status" to "ready", "errors" to mapOf("s3" to "down"), "user_permission" to "rw")
            val good = manager.answer(this, "check_status", ready) { alice.manager.checkStatus() }
            listOf(good.status, good.isReady, good.errors, good.userPermission, good.error) shouldBe
                listOf("ready", true, mapOf("s3" to "down"), WorkspacePermission.ReadWrite, null)
            val lost = mapOf("status" to "not_found", "error" to "Workspace ws not found", "errors" to null, "user_permission" to null)
            val bad = manager.answer(this, "check_status", lost) { alice.manager.checkStatus() }
            listOf(bad.isReady, bad.errors, bad.userPermission, bad.error) shouldBe
                listOf(false, emptyMap<String, Any?>(), null, "Workspace ws not found")
        }
}

/** What [ask] returns when the server answers its only call, to [function], with [result]. */
internal suspend fun <T> ScriptedPeer.answer(
    scope: CoroutineScope,
    function: String,
    result: Any?,
    args: List<Any?>? = null,
    kwargs: Map<String, Any?>? = null,
    ask: suspend () -> T,
): T {
    val answer = scope.async { ask() }
    val call = expect()
    call.method shouldBe "services.default.$function"
    if (args != null) call.args shouldBe args
    if (kwargs != null) call.args shouldBe listOf(kwargs)
    call.extra["with_kwargs"] shouldBe (if (kwargs == null) null else true)
    resolve(call, result)
    return answer.await()
}
