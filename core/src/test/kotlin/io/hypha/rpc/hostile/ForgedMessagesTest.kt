package io.hypha.rpc.hostile

import io.hypha.rpc.call.Capabilities
import io.hypha.rpc.call.callback
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Replies, heartbeats, cancellations and events count when they come from whom they must come from, and once. */
@OptIn(ExperimentalCoroutinesApi::class)
class ForgedMessagesTest {
    private val cancellation = mapOf(Capabilities.KEY to mapOf(Capabilities.CANCEL to true))

    @Test
    fun `what only the server says is not believed of a client`() =
        withVictim { alice, eve, waiting ->
            val claims = mapOf("data" to mapOf("id" to "ws/bob", "workspace" to "ws"), "id" to "ws/bob", "reason" to "because")
            for (from in listOf("other/eve", "ws/bob", "ws/alice", "*/manager-2", "eve", "")) {
                for (type in listOf("client_disconnected", "peer_not_found", "force-exit", "error", "disconnected")) {
                    eve.send(mapOf("type" to type, "from" to from, "to" to "ws/alice", "session" to waiting, "peer_id" to "ws/bob"), claims)
                }
            }
            eve.send(mapOf("type" to "force-exit", "to" to "ws/alice"), claims)
            runCurrent()
            alice.statistics.outgoingCalls shouldBe 1
            eve.expectNothing()
        }

    @Test
    fun `of several replies the first counts, whatever comes after it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            for (first in listOf("resolve", "reject")) {
                val result = async { runCatching { service.call<Int>("f") } }
                val call = peer.expect()
                if (first == "resolve") peer.resolve(call, 1) else peer.reject(call, "ValueError: no")
                peer.reject(call, "ValueError: late")
                peer.resolve(call, 2)
                peer.heartbeat(call)
                val outcome = result.await()
                (outcome.getOrNull() ?: outcome.exceptionOrNull()?.message) shouldBe if (first == "resolve") 1 else "ValueError: no"
                peer.expectNothing()
            }
        }

    @Test
    fun `a flood of heartbeats holds nothing, and a peer that then falls silent is given up`() =
        withScriptedPeer({ timeout = 10.seconds }) { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { runCatching { service.call<Int>("f") } }
            val call = peer.expect()
            repeat(20) {
                repeat(1000) { peer.heartbeat(call) }
                advanceTimeBy(1.seconds)
            }
            result.isCompleted shouldBe false
            result.await().isFailure shouldBe true
            (currentTime in 29_000..30_000) shouldBe true
        }

    @Test
    fun `nobody can take back the call of another client`() =
        withScriptedPeer { alice, peer ->
            var ended = 0
            alice.provideService(
                service("slow") {
                    function("wait") {
                        try {
                            delay(Duration.INFINITE)
                        } finally {
                            ended++
                        }
                    }
                },
            )
            peer.call("services.slow.wait", session = "P1")
            runCurrent()
            for (from in listOf("other/eve", "ws/eve", "*/manager-1", "ws/alice")) {
                val eve = peer.of(from)
                eve.send(eve.main("services.slow.wait", "session" to "P1"), cancellation)
            }
            peer.send(peer.main("services.slow.wait", "session" to "P2"), cancellation)
            runCurrent()
            ended shouldBe 0
            peer.send(peer.main("services.slow.wait", "session" to "P1"), cancellation)
            runCurrent()
            ended shouldBe 1
            peer.expectNothing()
        }

    @Test
    fun `a callback ends with its call, for everybody`() =
        withScriptedPeer { alice, peer ->
            var runs = 0
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", callback { _: Int -> runs++ }) }
            val call = peer.expect()
            val path = (call.args[0] as Map<*, *>)["_rmethod"] as String
            peer.resolve(call, 1)
            result.await() shouldBe 1
            for (from in listOf("ws/peer", "other/eve")) peer.of(from).refused(path, 1) shouldBe "Session not found: $from:$path"
            runs shouldBe 0
        }
}
