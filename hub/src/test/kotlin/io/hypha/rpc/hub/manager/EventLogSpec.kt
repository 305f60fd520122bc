package io.hypha.rpc.hub.manager

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch

class EventLogSpec :
    FunSpec({
        lateinit var test: TestHub
        lateinit var alice: HyphaConnection

        beforeSpec {
            test = TestHub()
            alice = test.connect("alice", "one")
        }
        afterSpec { test.close() }

        suspend fun HyphaConnection.logged(
            type: String? = null,
            vararg times: Pair<String, Any?>,
        ): List<Map<String, Any?>> = manager.call("get_events", kwargs = mapOf("event_type" to type) + times)

        test("a logged event is returned with everything about it") {
            alice.manager.call<Any?>("log_event", "trained", mapOf("epoch" to 3, "loss" to listOf(0.5)))
            val event = alice.logged("trained").single()
            event["event_type"] shouldBe "trained"
            event["workspace"] shouldBe "ws-user-alice"
            event["user_id"] shouldBe "alice"
            event["data"] shouldBe mapOf("epoch" to 3L, "loss" to listOf(0.5))
            (event["timestamp"] as String) shouldMatch Regex("""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}""")
        }

        test("events are counted by their types, and looked for by type and time") {
            val bob = test.connect("bob", "one")
            repeat(3) { bob.manager.call<Any?>("log_event", "a") }
            bob.manager.call<Any?>("log", "said")
            bob.manager.call<List<Map<String, Any?>>>("get_event_stats") shouldContainExactlyInAnyOrder
                listOf(mapOf("event_type" to "a", "count" to 3L), mapOf("event_type" to "log", "count" to 1L))
            bob.logged("log").single()["data"] shouldBe "said"
            val last = bob.logged().last()["timestamp"] as String
            bob.logged(null, "start_time" to last).size shouldBe 1
            bob.logged(null, "end_time" to last).size shouldBe 4
            bob.logged(null, "end_time" to "2020-01-31T12:00:00").size shouldBe 0
            bob.logged(null, "start_time" to "2020-01-31T12:00:00+02:00").size shouldBe 4
            bob.logged(null, "start_time" to 1_600_000_000).size shouldBe 4
            shouldThrow<RemoteException> { bob.logged(null, "start_time" to "yesterday") }.message!! shouldContain
                "start_time must be like 2026-01-31T12:00:00, not yesterday"
        }

        test("a user reads only what the same user logged in the same workspace") {
            test.hub.createWorkspace("lab-1")
            val carol = test.connect("carol", "carol", "lab-1")
            val dave = test.connect("dave", "dave", "lab-1", WorkspacePermission.Read)
            carol.manager.call<Any?>("log_event", "secret")
            dave.logged() shouldBe emptyList()
            shouldThrow<PermissionDeniedException> { dave.manager.call<Any?>("log_event", "mine") }
            shouldThrow<PermissionDeniedException> { dave.manager.call<Any?>("log", "mine") }
        }

        test("events must have a type of one word, and data that can be kept") {
            for (type in listOf("two words", "")) {
                shouldThrow<RemoteException> { alice.manager.call<Any?>("log_event", type) }.message!! shouldContain
                    "Event type must not contain spaces"
            }
            shouldThrow<RemoteException> { alice.manager.call<Any?>("log_event", "big", mapOf("x" to "y".repeat(70_000))) }
                .message!! shouldContain "more than 65536"
        }
    })
