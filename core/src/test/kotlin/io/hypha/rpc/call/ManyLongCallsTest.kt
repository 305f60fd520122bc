package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectCache
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.collections.shouldBeSingleton
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** What a peer sees of many long messages at once: no more of them at a time than of one. */
@OptIn(ExperimentalCoroutinesApi::class)
class ManyLongCallsTest {
    private fun withFunction(test: suspend TestScope.(function: RemoteFunction, peer: ScriptedPeer) -> Unit) =
        withScriptedPeer { alice, peer -> test(functionOf(peer, alice, peer.method("services.s.f")), peer) }

    /** Calls [function] with so many pieces. */
    private fun TestScope.call(
        function: RemoteFunction,
        pieces: Int,
    ): Deferred<Result<Any?>> = async { runCatching { function(ByteArray(pieces * PIECE - PIECE / 2)) } }

    private suspend fun ScriptedPeer.accept(function: String): Message = expectCache(function).also { resolve(it, null) }

    private val Message.key: Any? get() = args[0]

    private suspend fun List<Deferred<Result<Any?>>>.failures(): List<Throwable?> = awaitAll().map { it.exceptionOrNull() }

    @Test
    fun `of all messages to one peer, sixteen pieces are under way`() =
        withFunction { function, peer ->
            val calls = List(20) { call(function, pieces = 4) }
            val keys = List(20) { peer.accept("create").key }
            val under = ArrayDeque(List(16) { peer.expectCache("set") })
            shouldSayNothing(peer)
            val done = mutableMapOf<Any?, Int>()
            val processed = mutableListOf<Any?>()
            while (processed.size < 20) {
                val message = if (under.isEmpty()) null else under.removeFirst()
                if (message != null) {
                    peer.resolve(message, null)
                    done[message.key] = (done[message.key] ?: 0) + 1
                }
                runCurrent()
                val next = peer.expect()
                if (next.method.endsWith("process")) {
                    done[next.key] shouldBe 4
                    processed += next.key
                    peer.resolve(next, null)
                } else {
                    under += next
                }
            }
            processed.toSet() shouldBe keys.toSet()
            calls.forEach { it.cancel() }
        }

    @Test
    fun `a short one takes its turn beside a long one`() =
        withFunction { function, peer ->
            val long = call(function, pieces = 40)
            val first = peer.accept("create").key
            val held = ArrayDeque(List(16) { peer.expectCache("set") })
            val short = call(function, pieces = 2)
            val second = peer.accept("create").key
            val turns =
                List(4) {
                    peer.resolve(held.removeFirst(), null)
                    peer.expectCache("set").key
                }
            turns shouldBe listOf(first, second, first, second)
            long.cancel()
            short.cancel()
        }

    @Test
    fun `those that are given up while they wait leave their turn to the others`() =
        withFunction { function, peer ->
            val long = call(function, pieces = 40)
            peer.accept("create")
            repeat(16) { peer.expectCache("set") }
            val waiting = List(10) { call(function, pieces = 2) }
            val keys = List(10) { peer.accept("create").key }
            runCurrent()
            waiting.dropLast(1).forEach { it.cancel() }
            long.cancel()
            runCurrent()
            // Of the last one alone, everything is sent; of the others that they are given up.
            val rest = List(10 + 2) { peer.expect() }.groupBy({ it.method.substringAfterLast('.') }, { it.key })
            rest.getValue("set").toSet().shouldBeSingleton { it shouldBe keys.last() }
            rest.getValue("remove").size shouldBe 10
            waiting.last().cancel()
        }

    @Test
    fun `no more than sixty-four messages are begun at a time`() =
        withFunction { function, peer ->
            val calls = List(70) { call(function, pieces = 2) }
            repeat(64) { peer.accept("create") }
            val held = List(16) { peer.expectCache("set") }
            shouldSayNothing(peer)
            // The first eight, each with both of its pieces.
            held.forEach { peer.resolve(it, null) }
            val next = List(8 + 6 + 16) { peer.expect() }.groupBy { it.method.substringAfterLast('.') }
            next.mapValues { it.value.size } shouldBe mapOf("process" to 8, "create" to 6, "set" to 16)
            next.getValue("create").forEach { peer.resolve(it, null) }
            runCurrent()
            calls.forEach { it.cancel() }
        }

    @Test
    fun `all calls to a peer that is silent end after its timeout, whether or not it was their turn`() =
        withFunction { function, peer ->
            val calls = List(200) { call(function, pieces = 2) }
            runCurrent()
            advanceTimeBy(30.seconds)
            runCurrent()
            calls.count { it.isCompleted } shouldBe 200
            calls.failures().forEach { it.shouldBeInstanceOf<CallTimeoutException>() }
            repeat(64) { peer.expectCache("create") }
        }

    @Test
    fun `all calls to a peer that falls silent end after its timeout, whether or not it was their turn`() =
        withFunction { function, peer ->
            val calls = List(60) { call(function, pieces = 2) }
            repeat(60) { peer.accept("create") }
            runCurrent()
            advanceTimeBy(30.seconds)
            runCurrent()
            calls.count { it.isCompleted } shouldBe 60
            calls.failures().forEach { it.shouldBeInstanceOf<CallTimeoutException>() }
        }

    @Test
    fun `a call that came later than the silence began has a time of its own`() =
        withFunction { function, peer ->
            val calls = List(20) { call(function, pieces = 2) }
            repeat(20) { peer.accept("create") }
            runCurrent()
            repeat(16) { peer.expectCache("set") }
            advanceTimeBy(20.seconds)
            val late = call(function, pieces = 2)
            val key = peer.accept("create").key
            advanceTimeBy(10.seconds)
            runCurrent()
            calls.count { it.isCompleted } shouldBe 20
            late.isCompleted shouldBe false
            // Those that failed take back what they had sent, and only the late one goes on.
            val next = List(20 + 2) { peer.expect() }.groupBy({ it.method.substringAfterLast('.') }, { it.key })
            next.getValue("set") shouldBe listOf(key, key)
            next.getValue("remove").size shouldBe 20
            late.cancel()
        }

    @Test
    fun `all calls to a peer that leaves end at once`() =
        withFunction { function, peer ->
            val calls = List(100) { call(function, pieces = 2) }
            repeat(64) { peer.accept("create") }
            runCurrent()
            peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
            runCurrent()
            calls.count { it.isCompleted } shouldBe 100
            calls.failures().forEach { it.shouldBeInstanceOf<PeerGoneException>() }
        }

    private companion object {
        const val PIECE = 262_144
    }
}
