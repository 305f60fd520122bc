package io.hypha.rpc.hub.auth

import io.hypha.rpc.call.WorkspacePermission
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.map
import io.kotest.property.arbitrary.orNull
import io.kotest.property.arbitrary.pattern
import io.kotest.property.checkAll

class ScopeSpec :
    FunSpec({
        test("reads the example of the protocol") {
            val scope = Scope.parse("ws:my-ws#rw ws:ws-user-u1#a cid:worker-1 wid:my-ws file:download")
            scope.workspaces shouldBe mapOf("my-ws" to WorkspacePermission.ReadWrite, "ws-user-u1" to WorkspacePermission.Admin)
            scope.clientId shouldBe "worker-1"
            scope.currentWorkspace shouldBe "my-ws"
            scope.special shouldBe listOf("file:download")
        }

        test("reads what it writes") {
            checkAll(scopes) { scope ->
                val read = Scope.parse(scope.toString())
                read.workspaces shouldBe scope.workspaces
                read.currentWorkspace shouldBe scope.currentWorkspace
                read.clientId shouldBe scope.clientId
                read.extra shouldBe scope.extra
            }
        }

        test("takes the stronger of the permissions for all and for one workspace, and of repeated ones") {
            val scope = Scope.parse("ws:*#r ws:a#rw ws:a#r ws:b#a")
            scope.permissionFor("a") shouldBe WorkspacePermission.ReadWrite
            scope.permissionFor("b") shouldBe WorkspacePermission.Admin
            scope.permissionFor("c") shouldBe WorkspacePermission.Read
        }

        test("gives nothing when it says nothing") {
            Scope.parse("").permissionFor("a") shouldBe null
            Scope.parse("word").special.shouldBeEmpty()
        }

        test("refuses unknown permissions, and two workspaces or clients at once") {
            for (text in listOf("ws:a#x", "ws:a", "ws:#r", "wid:a wid:b", "cid:a cid:b")) {
                shouldThrow<TokenProblem> { Scope.parse(text) }
            }
        }
    })

private val names = Arb.pattern("[a-z][a-z0-9-]{0,10}")

private val scopes =
    arbitrary { random ->
        Scope(
            workspaces =
                Arb
                    .list(names, 0..4)
                    .map { list ->
                        list.associateWith { WorkspacePermission.entries.random(random.random) }
                    }.bind(),
            currentWorkspace = names.orNull().bind(),
            clientId = names.orNull().bind(),
            extra = Arb.list(Arb.element("file:download", "openid", "profile"), 0..3).bind(),
        )
    }
