package io.hypha.rpc.client

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Clients, variables and the log of a workspace, as the server gets and answers the calls about them (protocol §8.1). */
class ManagerFunctionsTest {
    @Test
    fun `clients are listed with their users`() =
        withManager { alice, manager ->
            val listed =
                listOf(
                    mapOf("id" to "ws/bob", "user" to mapOf("id" to "u1"), "name" to "Bob"),
                    mapOf(
                        "id" to "ws/c",
                        "user" to null,
                    ),
                )
            val (bob, other) = manager.answer(this, "list_clients", listed, args = emptyList()) { alice.manager.listClients() }
            listOf(bob.id, bob.workspace, bob.clientId, bob.name, bob.user.id) shouldBe listOf("ws/bob", "ws", "bob", "Bob", "u1")
            listOf(other.clientId, other.name, other.user.id) shouldBe listOf("c", null, "")
            manager.answer(this, "list_clients", emptyList<Any?>(), kwargs = mapOf("workspace" to "w")) { alice.manager.listClients("w") }
        }

    @Test
    fun `a ping through the server returns, or says why it failed`() =
        withManager { alice, manager ->
            manager.answer(this, "ping", "pong", args = listOf("bob", 5.0)) { alice.manager.ping("bob") }
            manager.answer(this, "ping", "pong", args = listOf("w/bob", 0.25)) { alice.manager.ping("w/bob", 250.milliseconds) }
            supervisorScope {
                val text = "Failed to ping client ws/bob: it did not answer within 1s"
                shouldThrow<PeerGoneException> {
                    manager.answer(this, "ping", text) { alice.manager.ping("bob", 1.seconds) }
                }.message shouldBe text
                shouldThrow<PermissionDeniedException> {
                    manager.answer(
                        this,
                        "ping",
                        "Failed to ping client w/bob: Permission denied for workspace w",
                    ) { alice.manager.ping("w/bob") }
                }
            }
            for (timeout in listOf(Duration.ZERO, Duration.INFINITE, (-1).seconds)) {
                shouldThrow<IllegalArgumentException> { alice.manager.ping("bob", timeout) }
                shouldThrow<IllegalArgumentException> { alice.manager.cleanup(timeout = timeout) }
            }
            manager.expectNothing()
        }

    @Test
    fun `a cleanup says what it removed`() =
        withManager { alice, manager ->
            val some =
                manager.answer(this, "cleanup", mapOf("removed_clients" to listOf("ws/b")), kwargs = mapOf("timeout" to 5.0)) {
                    alice.manager.cleanup()
                }
            some.removedClients to some.removedWorkspace shouldBe (listOf("ws/b") to null)
            val all =
                manager.answer(
                    this,
                    "cleanup",
                    mapOf("removed_workspace" to "w-1", "removed_clients" to emptyList<Any?>()),
                    kwargs = mapOf("workspace" to "w-1", "timeout" to 1.0),
                ) { alice.manager.cleanup("w-1", 1.seconds) }
            all.removedWorkspace shouldBe "w-1"
            manager
                .answer(this, "cleanup", emptyMap<String, Any?>(), kwargs = mapOf("timeout" to 5.0)) {
                    alice.manager.cleanup()
                }.removedClients shouldBe
                emptyList()
        }

    @Test
    fun `variables are set, read and removed`() =
        withManager { alice, manager ->
            manager.answer(this, "set_env", null, args = listOf("A", "1")) { alice.manager.setEnv("A", "1") }
            manager.answer(this, "set_env", null, args = listOf("A", null)) { alice.manager.setEnv("A", null) }
            manager.answer(this, "get_env", "1", args = listOf("A")) { alice.manager.getEnv("A") } shouldBe "1"
            manager.answer(this, "get_env", mapOf("A" to "1", "B" to 2), args = emptyList()) { alice.manager.getEnv() } shouldBe
                mapOf("A" to "1", "B" to "2")
            shouldThrow<IllegalArgumentException> { alice.manager.setEnv(" ", "1") }
            shouldThrow<IllegalArgumentException> { alice.manager.getEnv("") }
            supervisorScope {
                val missing = async { alice.manager.getEnv("C") }
                manager.reject(manager.expect(), "KeyError: \"Environment variable 'C' not found in workspace ws\"")
                shouldThrow<RemoteException> { missing.await() }.remoteType shouldBe "KeyError"
            }
        }

    @Test
    fun `events are written to the log, read and counted`() =
        withManager { alice, manager ->
            manager.answer(this, "log", null, args = listOf("hello")) { alice.manager.log("hello") }
            manager.answer(this, "log_event", null, args = listOf("started")) { alice.manager.logEvent("started") }
            manager.answer(this, "log_event", null, args = listOf("ended", mapOf("n" to 1L))) {
                alice.manager.logEvent(
                    "ended",
                    mapOf("n" to 1),
                )
            }
            val row =
                mapOf(
                    "id" to 3,
                    "event_type" to "ended",
                    "workspace" to "ws",
                    "user_id" to "u1",
                    "timestamp" to "2026-11-21T04:45:00.123",
                    "data" to mapOf("n" to 1),
                )
            val (full, bare) =
                manager.answer(this, "get_events", listOf(row, emptyMap<String, Any?>()), args = emptyList()) { alice.manager.getEvents() }
            listOf(full.id, full.type, full.workspace, full.userId, full.timestamp, full.data) shouldBe
                listOf("3", "ended", "ws", "u1", "2026-11-21T04:45:00.123", mapOf("n" to 1L))
            listOf(bare.id, bare.type, bare.timestamp, bare.data) shouldBe listOf("", "", "", null)
            val filter = mapOf("event_type" to "ended", "start_time" to "2026-11-21T00:00:00", "end_time" to "2026-11-22T00:00:00")
            manager.answer(this, "get_events", emptyList<Any?>(), kwargs = filter) {
                alice.manager.getEvents("ended", "2026-11-21T00:00:00", "2026-11-22T00:00:00")
            } shouldBe emptyList()
            val counts = listOf(mapOf("event_type" to "ended", "count" to 2), mapOf("event_type" to "log", "count" to 1))
            manager.answer(this, "get_event_stats", counts, kwargs = mapOf("event_type" to "ended")) {
                alice.manager.getEventStats("ended")
            } shouldBe mapOf("ended" to 2L, "log" to 1L)
            for (type in listOf("", "a b", "a\tb")) shouldThrow<IllegalArgumentException> { alice.manager.logEvent(type) }
            manager.expectNothing()
        }
}
