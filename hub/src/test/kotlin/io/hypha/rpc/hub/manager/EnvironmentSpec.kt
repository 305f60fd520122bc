package io.hypha.rpc.hub.manager

import app.cash.turbine.test
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class EnvironmentSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection

        beforeSpec {
            test = TestHub()
            test.hub.createWorkspace("lab-1")
            alice = test.connect("alice", "alice", "lab-1")
        }
        afterSpec { test.close() }

        suspend fun HyphaConnection.set(
            key: String,
            value: String?,
        ) = manager.call<Any?>("set_env", key, value)

        test("a variable is there for the whole workspace until it is removed") {
            val bob = test.connect("bob", "bob", "lab-1", WorkspacePermission.ReadWrite)
            alice.set("PLACE", "left")
            bob.manager.call<String>("get_env", "PLACE") shouldBe "left"
            bob.set("PLACE", "right")
            alice.manager.call<Map<String, String>>("get_env") shouldBe mapOf("PLACE" to "right")
            bob.set("PLACE", null)
            shouldThrow<RemoteException> { alice.manager.call<Any?>("get_env", "PLACE") }.message!! shouldContain
                "Environment variable 'PLACE' not found in workspace lab-1"
            alice.manager.call<Map<String, String>>("get_env") shouldBe emptyMap()
        }

        test("setting and removing a variable is logged and announced, without its value") {
            alice.manager.subscribe("workspace_changed")
            alice.events("workspace_changed").test {
                alice.set("KEY", "hidden")
                awaitItem().data.toString().contains("hidden") shouldBe false
                alice.set("KEY", null)
                awaitItem()
            }
            val log = alice.manager.call<List<Map<String, Any?>>>("get_events").takeLast(2)
            log.map { it["event_type"] to it["data"] } shouldBe
                listOf("env_set" to mapOf("key" to "KEY"), "env_removed" to mapOf("key" to "KEY"))
        }

        test("readers have no part in it") {
            val reader = test.connect("carol", "carol", "lab-1", WorkspacePermission.Read)
            alice.set("KEY", "hidden")
            shouldThrow<PermissionDeniedException> { reader.set("KEY", "x") }
            shouldThrow<PermissionDeniedException> { reader.manager.call<Any?>("get_env", "KEY") }
            reader.manager
                .call<Map<String, Any?>>("get_workspace_info")
                .toString()
                .contains("hidden") shouldBe false
        }

        test("variables are texts with a key, and not too long") {
            for ((key, value) in listOf<Pair<String, Any?>>("" to "x", "KEY" to 5, "KEY" to "y".repeat(70_000))) {
                shouldThrow<HyphaException> { alice.manager.call<Any?>("set_env", key, value) }
            }
        }
    })
