package io.hypha.rpc.hub.manager

import app.cash.turbine.test
import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.RawClients
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

class WorkspaceLifeSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection

        beforeSpec {
            test = TestHub { workspaceGrace = Duration.ZERO }
            alice = test.connect("alice", "alice")
        }
        afterSpec { test.close() }

        suspend fun create(vararg config: Pair<String, Any?>): Map<String, Any?> = alice.manager.call("create_workspace", mapOf(*config))

        suspend fun ids(): List<Any?> = alice.manager.call<List<Map<String, Any?>>>("list_workspaces").map { it["id"] }

        suspend fun join(
            workspace: String,
            id: String,
        ) = test.connectWith(id, test.hub.createToken("alice"), workspace)

        test("a temporary workspace goes with its last client, a persistent one stays") {
            create("id" to "lab-short")
            create("id" to "lab-long", "persistent" to true)
            val clients = listOf("lab-short", "lab-long").map { join(it, "only") }
            clients.forEach { it.close() }
            eventually(10.seconds) { ids() shouldBe listOf("ws-user-alice", "lab-long") }
            shouldThrow<AuthenticationException> { join("lab-short", "only") }.message!! shouldContain
                "'Workspace lab-short does not exist or is not accessible'"
            join("lab-long", "only").close()
            alice.manager.call<Any?>("delete_workspace", "lab-long")
        }

        test("who makes and deletes workspaces hears of it in the own workspace") {
            alice.manager.subscribe("workspace_loaded", "workspace_deleted")
            alice.events("workspace_loaded").test {
                create("id" to "lab-heard")
                (awaitItem().data as Map<*, *>)["id"] shouldBe "lab-heard"
            }
            val inside = join("lab-heard", "inside")
            inside.manager.subscribe("workspace_unloaded")
            inside.events("workspace_unloaded").test {
                alice.events("workspace_deleted").test {
                    alice.manager.call<Any?>("delete_workspace", "lab-heard")
                    (awaitItem().data as Map<*, *>)["id"] shouldBe "lab-heard"
                }
                awaitItem()
            }
            inside.manager.call<Map<String, Any?>>("check_status")["status"] shouldBe "not_found"
            shouldThrow<HyphaException> { inside.manager.call<Any?>("set_env", "A", "b") }.message!! shouldContain
                "Workspace not found: lab-heard"
            shouldThrow<RemoteException> { inside.manager.call<Any?>("generate_token") }.message!! shouldContain
                "Workspace not found: lab-heard"
            shouldThrow<RemoteException> { create("id" to "lab-heard") }.message!! shouldContain "Workspace already exists: lab-heard"
        }

        test("a workspace is replaced only by those who may, with all that was in it") {
            create("id" to "lab-again", "description" to "first")
            val inside = join("lab-again", "inside")
            inside.manager.call<Any?>("set_env", "KEY", "value")
            inside.manager.subscribe("workspace_status_changed")
            val again = mapOf("id" to "lab-again", "description" to "second")
            val bob = test.connect("bob", "bob")
            shouldThrow<PermissionDeniedException> { bob.manager.call<Any?>("create_workspace", again, true) }.message!! shouldContain
                "Permission denied: user bob cannot overwrite workspace lab-again"
            inside.events("workspace_status_changed").test {
                alice.manager.call<Map<String, Any?>>("create_workspace", again, true)["description"] shouldBe "second"
                awaitItem().data shouldBe mapOf("workspace" to "lab-again", "status" to "ready")
            }
            inside.manager.call<Map<String, Any?>>("get_env") shouldBe emptyMap()
        }

        test("names and other fields are checked, with the words of the reference server") {
            val problems =
                mapOf(
                    mapOf("id" to "") to "Workspace name must not be empty.",
                    mapOf("id" to "lab") to "Workspace name must contain at least one hyphen",
                    mapOf("id" to "Lab-1") to "Invalid workspace name: Lab-1, only lowercase letters, numbers and hyphens are allowed.",
                    mapOf("id" to "ws-user-x") to "Workspace id is reserved: ws-user-x",
                    emptyMap<String, Any?>() to "Workspace id must be provided.",
                    mapOf("id" to "lab-x", "owners" to listOf(1)) to "owners",
                    mapOf("id" to "lab-x", "persistent" to "yes") to "persistent",
                )
            for ((config, problem) in problems) {
                shouldThrow<RemoteException> { alice.manager.call<Any?>("create_workspace", config) }.message!! shouldContain problem
            }
            shouldThrow<RemoteException> { alice.manager.call<Any?>("list_workspaces", null, -1) }.message!! shouldContain
                "Offset number must be greater than or equal to 0"
            shouldThrow<RemoteException> { alice.manager.call<Any?>("list_workspaces", null, 0, 257) }.message!! shouldContain
                "Limit must be"
        }

        test("an own workspace and public cannot be deleted") {
            shouldThrow<RemoteException> { alice.manager.call<Any?>("delete_workspace", "ws-user-alice") }.message!! shouldContain
                "Workspace ws-user-alice cannot be deleted"
        }

        test("a clean-up removes clients that do not answer, and empty temporary workspaces") {
            create("id" to "lab-clean")
            val dead = RawClients()
            val socket = dead.join(test.hub, """{"client_id":"dead","workspace":"lab-clean","token":"${test.hub.createToken("alice")}"}""")
            val living = join("lab-clean", "living")
            living.manager.call<Map<String, Any?>>("cleanup", kwargs = mapOf("timeout" to 0.2)) shouldBe
                mapOf("removed_clients" to listOf("lab-clean/dead"))
            socket.closeCode() shouldBe 1006
            dead.close()
            living.manager.call<Map<String, Any?>>("cleanup") shouldBe emptyMap()
            create("id" to "lab-empty")
            alice.manager.call<Map<String, Any?>>("cleanup", "lab-empty") shouldBe
                mapOf("removed_workspace" to "lab-empty", "removed_clients" to emptyList<Any?>())
            shouldThrow<PermissionDeniedException> { alice.manager.call<Any?>("cleanup", "ws-user-bob") }
        }

        test("a summary has what a list of services has") {
            val carol = test.connect("carol", "carol")
            carol.registerService("svc") { description = "Ours" }
            val summary = carol.manager.call<Map<String, Any?>>("get_summary")
            summary["clients"] shouldBe listOf("ws-user-carol/carol")
            summary["service_count"] shouldBe 2L
            val services = (summary["services"] as List<*>).map { it as Map<*, *> }
            services.last().keys shouldBe setOf("id", "name", "type", "description", "config")
            services.last()["id"] shouldBe "ws-user-carol/carol:svc"
        }
    })
