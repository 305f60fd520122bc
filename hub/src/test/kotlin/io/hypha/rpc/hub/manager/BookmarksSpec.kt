package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class BookmarksSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection

        beforeSpec {
            test = TestHub()
            alice = test.connect("alice", "alice")
        }
        afterSpec { test.close() }

        suspend fun HyphaConnection.bookmark(
            type: Any?,
            id: String,
            function: String = "bookmark",
        ) = manager.call<Any?>(function, mapOf("bookmark_type" to type, "id" to id))

        suspend fun HyphaConnection.bookmarks(): List<Any?> {
            val config = manager.call<Map<String, Any?>>("get_workspace_info")["config"] as Map<*, *>
            return (config["bookmarks"] as List<*>?).orEmpty().map { (it as Map<*, *>)["id"] }
        }

        test("services and workspaces are marked in the user's own workspace, the last one last") {
            val bob = test.connect("bob", "bob")
            bob.registerService("svc") { visibility = Visibility.Public }
            alice.bookmark("service", "ws-user-bob/svc")
            alice.bookmark("workspace", "ws-user-alice")
            alice.bookmarks() shouldBe listOf("ws-user-bob/bob:svc", "ws-user-alice")
            alice.bookmark("service", "ws-user-bob/svc")
            alice.bookmarks() shouldBe listOf("ws-user-alice", "ws-user-bob/bob:svc")
            alice.bookmark("service", "ws-user-bob/bob:svc", "unbookmark")
            alice.bookmark("workspace", "ws-user-alice", "unbookmark")
            alice.bookmarks() shouldBe emptyList()
        }

        test("a workspace that one creates is marked until one deletes it") {
            alice.manager.call<Any?>("create_workspace", mapOf("id" to "lab-5"))
            alice.bookmarks() shouldBe listOf("lab-5")
            alice.manager.call<Any?>("delete_workspace", "lab-5")
            alice.bookmarks() shouldBe emptyList()
        }

        test("only what one may see can be marked") {
            shouldThrow<PermissionDeniedException> { alice.bookmark("workspace", "ws-user-bob") }
            shouldThrow<HyphaException> { alice.bookmark("service", "nothing") }.message!! shouldContain "Service not found"
            shouldThrow<HyphaException> { alice.bookmark("page", "x") }.message!! shouldContain "Invalid bookmark type: page"
            val child = test.connectWith("child", alice.manager.call<String>("generate_token"))
            shouldThrow<PermissionDeniedException> { child.bookmark("workspace", "ws-user-alice") }.message!! shouldContain
                "The user of a generated token has no bookmarks"
            shouldThrow<HyphaException> { alice.bookmark(null, "x") }.message!! shouldContain "Bookmark type must be provided."
        }
    })
