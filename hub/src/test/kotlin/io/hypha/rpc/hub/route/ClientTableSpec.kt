package io.hypha.rpc.hub.route

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.UserInfo
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe

class ClientTableSpec :
    FunSpec({
        fun client(
            workspace: String,
            id: String,
        ) = HubClient(workspace, id, UserInfo("u"), WorkspacePermission.Admin, FakeOutbox())

        test("gives an address to the first who wants it") {
            val table = ClientTable()
            val first = client("w", "a")
            table.addIfFree(first) shouldBe null
            table.addIfFree(client("w", "a")) shouldBe first
            table["w/a"] shouldBe first
        }

        test("keeps the successor when the one that it replaced is removed") {
            val table = ClientTable()
            val old = client("w", "a")
            val new = client("w", "a")
            table.addIfFree(old)
            table.replace(new) shouldBe old
            table.remove(old) shouldBe false
            table["w/a"] shouldBe new
            table.inWorkspace("w") shouldBe setOf(new)
        }

        test("knows who is in a workspace") {
            val table = ClientTable()
            val a = client("w", "a")
            val b = client("w", "b")
            listOf(a, b, client("v", "c")).forEach { table.addIfFree(it) }
            table.inWorkspace("w") shouldContainExactlyInAnyOrder listOf(a, b)
            table.remove(a)
            table.remove(b)
            table.inWorkspace("w") shouldBe emptySet()
        }
    })
