package io.hypha.rpc.call

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.TimeSource

/** What a peer that sends without reading can make this client hold. */
@OptIn(ExperimentalCoroutinesApi::class)
class FloodTest {
    @Test
    fun `a flood of calls of unknown functions is answered in part, and the next call works`() =
        withScriptedPeer { _, peer ->
            var answers = 0
            // The link takes 1024 messages at a time, the refusals that wait behind it are as many again.
            repeat(4000) {
                peer.call("nowhere", session = "P$it")
                runCurrent()
            }
            peer.call("services.built-in.ping", listOf("ping"), session = "last")
            while (true) {
                val answer = peer.expect()
                if (answer.main["parent"] == "last") {
                    answer.args shouldBe listOf("pong")
                    break
                }
                answers++
            }
            answers shouldBeLessThanOrEqualTo 2048 + 1
        }

    @Test
    fun `a flood of callbacks is bounded, and other peers' callbacks go on`() =
        withScriptedPeer({ maxIncomingBytes = 1_000_000 }) { alice, peer ->
            val gate = CompletableDeferred<Unit>()
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", callback { _: ByteArray -> gate.await() }) }
            val call = peer.expect()
            val path = (call.args[0] as Map<*, *>)["_rmethod"] as String
            repeat(100) { peer.call(path, listOf(ByteArray(20_000)), session = "P$it") }
            runCurrent()
            val kept = alice.statistics.incomingCalls
            kept shouldBeLessThanOrEqualTo 1_000_000 / 20_000 * 7 / 8 + 1
            repeat(100 - kept) {
                val refusal = peer.expect()
                refusal.method shouldEndWith ".reject"
                (refusal.args.single() as Map<*, *>)["_rvalue"].toString() shouldStartWith
                    "OverloadedError: ws/alice has too many callbacks"
            }
            val other = async { alice.getServiceOf("ws/bob", "s") { follow = false }.call<Int>("g", callback { n: Int -> n }) }
            val bob = peer.of("ws/bob")
            bob.resolve(bob.expect(), mapOf("id" to "s", "g" to bob.method("services.s.g")))
            val calling = bob.expect()
            bob.call((calling.args[0] as Map<*, *>)["_rmethod"] as String, listOf(7), parent = calling.session)
            bob.expectResult() shouldBe 7
            bob.resolve(calling, 1)
            other.await() shouldBe 1
            gate.complete(Unit)
            runCurrent()
            repeat(kept) { peer.expect().method shouldEndWith ".resolve" }
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }

    @Test
    fun `a flood of callers' names is not sent back, and not kept`() =
        withScriptedPeer { alice, peer ->
            val long = "x".repeat(1_000_000)
            peer.call("services.$long", session = "P1")
            peer.expectRejection("P1").length shouldBeLessThanOrEqualTo 4200
            peer.call("$long.f", session = "P1")
            peer.expectRejection("P1").length shouldBeLessThanOrEqualTo 4200
            peer.call(long, session = "P1")
            peer.expectRejection("P1").length shouldBeLessThanOrEqualTo 4200
            peer.call("services.built-in.get_service", listOf(long), session = "P1")
            peer.expectRejection("P1").length shouldBeLessThanOrEqualTo 4200
            peer.call("services.built-in.ping", listOf("ping"), session = long)
            peer.call("services.built-in.ping", listOf("ping"), session = "P1", parent = long)
            peer.send(peer.main("services.built-in.ping", "session" to "P1") + mapOf("from" to "ws/$long"), shortPromise)
            val promise = mapOf("resolve" to peer.method("P1.$long"), "reject" to peer.method("P1.reject"))
            peer.call("services.built-in.ping", listOf("ping"), session = "P1", extra = mapOf("promise" to promise))
            peer.expectRejection("P1") shouldBe "ValueError: 'resolve' in the promise of a call is too long"
            shouldSayNothing(peer)
            alice.provide { function("fail") { check(long.isEmpty()) { long } } }
            peer.call("services.svc.fail", session = "P1")
            peer.expectRejection("P1").length shouldBeLessThanOrEqualTo 70_000
        }

    @Test
    fun `results that nobody reads are bounded, and the results for others are not`() {
        val sessions = SessionTable(CoroutineScope(EmptyCoroutineContext), TimeSource.Monotonic, IdSource())
        val held = generateSequence { runCatching { sessions.openResult("ws/eve") }.getOrNull() }.toList()
        held.size shouldBe 57_344
        shouldThrow<OverloadedException> { sessions.openResult("ws/eve") }
        val other = sessions.openResult("ws/bob")
        held.forEach(sessions::close)
        sessions.close(other)
        sessions.openResult("ws/eve").target shouldBe "ws/eve"
    }
}
