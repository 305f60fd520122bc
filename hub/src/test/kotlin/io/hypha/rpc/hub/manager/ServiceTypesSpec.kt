package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class ServiceTypesSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection
        lateinit var bob: HyphaConnection

        beforeSpec {
            test = TestHub()
            alice = test.connect("alice", "alice")
            bob = test.connect("bob", "bob")
        }
        afterSpec { test.close() }

        val definition = mapOf("run" to mapOf("type" to "function", "function" to mapOf("name" to "run")))

        suspend fun HyphaConnection.register(vararg entries: Pair<String, Any?>): Map<String, Any?> =
            manager.call("register_service_type", mapOf("name" to "A type", "definition" to definition) + entries)

        suspend fun HyphaConnection.type(id: String): Map<String, Any?> = manager.call("get_service_type", id)

        test("a type is returned as it was registered, with its workspace") {
            alice.register("id" to "tool", "description" to "Does things")["id"] shouldBe "tool"
            for (id in listOf("tool", "ws-user-alice/tool")) {
                alice.type(id) shouldBe
                    mapOf(
                        "id" to "ws-user-alice/tool",
                        "name" to "A type",
                        "definition" to definition,
                        "description" to "Does things",
                        "config" to emptyMap<String, Any?>(),
                        "docs" to null,
                    )
            }
            alice.manager.call<List<Map<String, Any?>>>("list_service_types").map { it["id"] } shouldBe listOf("tool")
            val info = alice.manager.call<Map<String, Any?>>("get_workspace_info")
            (info["service_types"] as Map<*, *>).keys shouldBe setOf("tool")
        }

        test("foreigners see a type when it is public") {
            alice.register("id" to "hidden")
            alice.register("id" to "shown", "config" to mapOf("visibility" to "public"))
            bob.type("ws-user-alice/shown")["id"] shouldBe "ws-user-alice/shown"
            shouldThrow<PermissionDeniedException> { bob.type("ws-user-alice/hidden") }.message!! shouldContain
                "Permission denied for workspace ws-user-alice"
            shouldThrow<PermissionDeniedException> { bob.manager.call<Any?>("list_service_types", "ws-user-alice") }
        }

        test("an id is taken once, and belongs to the own workspace") {
            alice.register("id" to "ws-user-alice/once")
            shouldThrow<HyphaException> { alice.register("id" to "once") }.message!! shouldContain "Service type already exists: once"
            shouldThrow<PermissionDeniedException> { alice.register("id" to "ws-user-bob/theirs") }.message!! shouldContain
                "Workspace mismatch: ws-user-bob != ws-user-alice"
            shouldThrow<HyphaException> { alice.type("nothing") }.message!! shouldContain "Service type not found: nothing"
        }

        test("a type has an id, a name and a definition, and needs somebody who may write") {
            for (entry in listOf("id" to null, "id" to 5, "name" to null, "definition" to null, "definition" to "text", "config" to 5)) {
                shouldThrow<HyphaException> { alice.register("id" to "x", entry) }
            }
            test.hub.createWorkspace("lab-1")
            val reader = test.connect("carol", "carol", "lab-1", WorkspacePermission.Read)
            shouldThrow<PermissionDeniedException> { reader.register("id" to "x") }
            reader.manager.call<List<Any?>>("list_service_types") shouldBe emptyList()
        }
    })
