package io.hypha.rpc.hub.workspace

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.UserInfo
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class WorkspacesSpec :
    FunSpec({
        val alice = UserInfo("alice")
        val bob = UserInfo("bob")

        fun of(
            id: String,
            creator: UserInfo,
        ) = Workspace(id, owners = listOf(creator.id), createdBy = creator.id)

        test("needs no creation of a user's own workspace and of public") {
            val workspaces = Workspaces()
            workspaces.find("ws-user-alice", alice)?.permissionOf(alice) shouldBe WorkspacePermission.Admin
            workspaces.find("public", alice)?.permissionOf(alice) shouldBe null
            workspaces.find("ws-user-bob", alice) shouldBe null
            workspaces.find("lab-1", alice) shouldBe null
        }

        test("finds another user's workspace for whom it was opened") {
            val guest = UserInfo("guest", scope = Scope(mapOf("ws-user-alice" to WorkspacePermission.Read)))
            Workspaces().find("ws-user-alice", guest)?.permissionOf(guest) shouldBe WorkspacePermission.Read
        }

        test("gives owners everything, by id or by address") {
            val workspaces = Workspaces()
            workspaces.create(Workspace("lab-1", owners = listOf("alice", "bob@example.org")), UserInfo.Root, overwrite = false)
            workspaces.find("lab-1", alice)?.permissionOf(alice) shouldBe WorkspacePermission.Admin
            workspaces.find("lab-1", bob)?.permissionOf(UserInfo("bob", email = "bob@example.org")) shouldBe WorkspacePermission.Admin
            workspaces.find("lab-1", bob)?.permissionOf(bob) shouldBe null
        }

        test("does not replace a workspace, unless its owner wants it") {
            val workspaces = Workspaces()
            workspaces.create(of("lab-1", alice), alice, overwrite = false)
            shouldThrow<IllegalArgumentException> {
                workspaces.create(
                    of("lab-1", alice),
                    alice,
                    overwrite = false,
                )
            }.message!! shouldContain
                "Workspace already exists: lab-1"
            shouldThrow<IllegalArgumentException> { workspaces.create(of("lab-1", bob), bob, overwrite = true) }.message!! shouldContain
                "Permission denied: user bob cannot overwrite workspace lab-1"
            workspaces.create(of("lab-1", alice), alice, overwrite = true)
        }

        test("refuses reserved and malformed ids") {
            for (id in listOf("", "*", "public", "ws-user-x", "ws-user-root", "Lab-1", "lab_1", "a/b-c", "lab")) {
                shouldThrow<IllegalArgumentException> { Workspaces().create(of(id, alice), alice, overwrite = false) }
            }
            Workspaces().create(of("lab", UserInfo.Root), UserInfo.Root, overwrite = false)
        }

        test("bounds the workspaces of one user") {
            val workspaces = Workspaces()
            repeat(100) { workspaces.create(of("lab-$it", alice), alice, overwrite = false) }
            shouldThrow<IllegalArgumentException> { workspaces.create(of("lab-x", alice), alice, overwrite = false) }
            workspaces.create(of("lab-x", bob), bob, overwrite = false)
        }

        test("lists what a user may read") {
            val workspaces = Workspaces()
            workspaces.create(of("lab-2", alice), alice, overwrite = false)
            workspaces.create(of("lab-1", alice), alice, overwrite = false)
            workspaces.accessibleTo(alice).map { it.id } shouldBe listOf("ws-user-alice", "lab-1", "lab-2")
            workspaces.accessibleTo(bob).map { it.id } shouldBe listOf("ws-user-bob")
            val guest = UserInfo("alice-1", scope = Scope(mapOf("ws-user-alice" to WorkspacePermission.Read)), parent = "alice")
            workspaces.accessibleTo(guest).map { it.id } shouldBe listOf("ws-user-alice")
        }
    })
