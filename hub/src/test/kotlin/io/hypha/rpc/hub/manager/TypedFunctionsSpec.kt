package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.BookmarkKind
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.bookmark
import io.hypha.rpc.client.checkStatus
import io.hypha.rpc.client.cleanup
import io.hypha.rpc.client.createWorkspace
import io.hypha.rpc.client.deleteWorkspace
import io.hypha.rpc.client.getEnv
import io.hypha.rpc.client.getEventStats
import io.hypha.rpc.client.getEvents
import io.hypha.rpc.client.getSummary
import io.hypha.rpc.client.getWorkspaceInfo
import io.hypha.rpc.client.listClients
import io.hypha.rpc.client.listWorkspaces
import io.hypha.rpc.client.log
import io.hypha.rpc.client.logEvent
import io.hypha.rpc.client.ping
import io.hypha.rpc.client.setEnv
import io.hypha.rpc.client.unbookmark
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.time.Duration.Companion.seconds

/** The client's typed functions against the manager that they are for (protocol §8.1). */
class TypedFunctionsSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection

        beforeSpec {
            test = TestHub()
            alice = test.connect("alice", "first")
        }
        afterSpec { test.close() }

        test("a workspace is created, described, listed and deleted") {
            val created =
                alice.manager.createWorkspace("lab-1") {
                    name = "Lab"
                    description = "ours"
                    owners = listOf("bob@example.org")
                    persistent = true
                }
            listOf(created.id, created.name, created.description, created.isPersistent) shouldBe listOf("lab-1", "Lab", "ours", true)
            created.owners shouldContain "alice"
            alice.manager.getWorkspaceInfo("lab-1").owners shouldContain "bob@example.org"
            alice.manager.listWorkspaces(mapOf("id" to "lab-1")).map { it.name } shouldContainExactly listOf("Lab")
            shouldThrow<RemoteException> { alice.manager.createWorkspace("lab-1") }.message!! shouldContain
                "Workspace already exists: lab-1"
            alice.manager.createWorkspace("lab-1") { overwrite = true }.description shouldBe null
            alice.manager.createWorkspace("lab-2")
            alice.manager.listWorkspaces(limit = 2, offset = 1).map { it.id } shouldContainExactly listOf("lab-1", "lab-2")
            alice.manager.deleteWorkspace("lab-1")
            alice.manager.deleteWorkspace("lab-2")
            alice.manager.listWorkspaces().map { it.id } shouldContainExactly listOf("ws-user-alice")
            alice.manager.getWorkspaceInfo().id shouldBe "ws-user-alice"
            shouldThrow<HyphaException> { alice.manager.getWorkspaceInfo("lab-1") }
        }

        test("clients are listed, pinged, summed up and removed when they are dead") {
            val eve = test.connect("eve", "one")
            test.connect("eve", "two")
            eve.registerService("s") { type = "special" }
            val clients = eve.manager.listClients()
            clients.map { it.clientId } shouldContainExactly listOf("one", "two")
            clients.map { it.user.id }.toSet() shouldBe setOf("eve")
            eve.manager.ping("two", 2.seconds)
            shouldThrow<PeerGoneException> { eve.manager.ping("nobody") }.message!! shouldContain "ws-user-eve/nobody"
            shouldThrow<PermissionDeniedException> { eve.manager.ping("ws-user-alice/first") }
            shouldThrow<PermissionDeniedException> { eve.manager.listClients("ws-user-alice") }
            val summary = eve.manager.getSummary()
            summary.clientCount shouldBe 2
            summary.services.map { it.id } shouldContain "ws-user-eve/one:s"
            eve.manager.cleanup(timeout = 1.seconds).removedClients shouldBe emptyList()
        }

        test("the status names the permission of the user") {
            val status = alice.manager.checkStatus()
            status.isReady shouldBe true
            status.userPermission shouldBe WorkspacePermission.Admin
        }

        test("variables of the workspace are shared, and gone when removed") {
            val other = test.connect("alice", "other")
            alice.manager.setEnv("MODEL", "v1")
            other.manager.getEnv("MODEL") shouldBe "v1"
            other.manager.getEnv() shouldBe mapOf("MODEL" to "v1")
            alice.manager.setEnv("MODEL", null)
            shouldThrow<RemoteException> { other.manager.getEnv("MODEL") }.remoteType shouldBe "KeyError"
            other.manager.getEnv() shouldBe emptyMap()
        }

        test("events of the log are written, read and counted") {
            val zoe = test.connect("zoe", "zoe")
            zoe.manager.log("hello")
            repeat(2) { zoe.manager.logEvent("trained", mapOf("epoch" to it)) }
            val (first, last) = zoe.manager.getEvents("trained")
            listOf(first.type, first.workspace, first.userId, first.data) shouldBe
                listOf("trained", "ws-user-zoe", "zoe", mapOf("epoch" to 0L))
            zoe.manager.getEvents("trained", startTime = last.timestamp).map { it.data } shouldContain mapOf("epoch" to 1L)
            zoe.manager.getEvents(endTime = "2020-01-31T12:00:00") shouldBe emptyList()
            zoe.manager.getEventStats() shouldBe mapOf("log" to 1L, "trained" to 2L)
            zoe.manager.getEventStats("log") shouldBe mapOf("log" to 1L)
        }

        test("bookmarks stand in the user's own workspace until they are taken back") {
            val max = test.connect("max", "max")
            max.registerService("s") { name = "My service" }
            max.manager.createWorkspace("max-1")
            max.manager.bookmark(BookmarkKind.Service, "ws-user-max/max:s")
            max.manager.bookmark(BookmarkKind.Workspace, "max-1")
            val marks = max.manager.getWorkspaceInfo().bookmarks
            marks.map { it.kind to it.name } shouldContainExactly
                listOf(BookmarkKind.Service to "My service", BookmarkKind.Workspace to "max-1")
            marks.forEach { max.manager.unbookmark(it.kind!!, it.id) }
            max.manager.getWorkspaceInfo().bookmarks shouldBe emptyList()
        }
    })
