package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.WorkspacePermission.Admin
import io.hypha.rpc.call.WorkspacePermission.Read
import io.hypha.rpc.call.WorkspacePermission.ReadWrite
import io.hypha.rpc.client.HyphaConnection
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** Which level each function of the manager needs in the caller's workspace (protocol §8.1). */
class PermissionTableSpec :
    FunSpec({
        val info = mapOf("id" to "svc", "config" to mapOf("visibility" to "public"))
        val type = mapOf("id" to "type", "name" to "A type", "definition" to emptyMap<String, Any?>())
        val rows =
            listOf(
                Row(Read, "list_services"),
                Row(Read, "search_services"),
                Row(Read, "get_service", "~"),
                Row(Read, "get_service_info", "~"),
                Row(Read, "get_summary"),
                Row(Read, "subscribe", "news"),
                Row(Read, "unsubscribe", "news"),
                Row(Read, "ping", "Admin"),
                Row(Read, "list_clients"),
                Row(Read, "list_workspaces"),
                Row(Read, "get_workspace_info"),
                Row(Read, "check_status"),
                Row(Read, "get_events"),
                Row(Read, "get_event_stats"),
                Row(Read, "list_service_types"),
                Row(Read, "get_service_type", "nothing"),
                Row(Read, "parse_token", "nonsense"),
                Row(ReadWrite, "echo", 1),
                Row(ReadWrite, "log", "text"),
                Row(ReadWrite, "log_event", "type"),
                Row(ReadWrite, "register_service", info),
                Row(ReadWrite, "unregister_service", "nothing"),
                Row(ReadWrite, "register_service_type", type),
                Row(ReadWrite, "set_env", "KEY", "value"),
                Row(ReadWrite, "get_env"),
                Row(Admin, "generate_token"),
                Row(Admin, "revoke_token", "nonsense"),
                Row(Admin, "cleanup"),
            )
        lateinit var test: TestHub
        val clients = mutableMapOf<WorkspacePermission, HyphaConnection>()

        beforeSpec {
            test = TestHub()
            test.hub.createWorkspace("lab-1")
            for (level in WorkspacePermission.entries) clients[level] = test.connect(level.name, level.name, "lab-1", level)
        }
        afterSpec { test.close() }

        for (row in rows) {
            test("${row.function} needs ${row.needed.word}") {
                for ((level, client) in clients) {
                    val problem =
                        try {
                            client.manager.call<Any?>(row.function, *row.args)
                            null
                        } catch (e: HyphaException) {
                            e.message
                        }
                    val isDenied = problem != null && ("Permission denied" in problem || "Only admin can generate token." in problem)
                    withClue("with $level: $problem") { isDenied shouldBe !level.allows(row.needed) }
                }
            }
        }

        test("every function of the manager stands in this table, or is tested elsewhere") {
            val elsewhere = setOf("create_workspace", "delete_workspace", "bookmark", "unbookmark")
            val all = clients.getValue(Admin).getService("~").functionNames()
            all.toSet() - elsewhere shouldBe rows.map { it.function }.toSet()
        }
    })

/** One row: a function and arguments with which it does not fail for want of permission. */
private class Row(
    val needed: WorkspacePermission,
    val function: String,
    vararg val args: Any?,
)
