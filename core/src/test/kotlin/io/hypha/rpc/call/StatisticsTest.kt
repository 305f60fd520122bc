package io.hypha.rpc.call

import io.hypha.rpc.metrics.RecordedMetrics
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.asByteSource
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.comparables.shouldBeGreaterThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds

/** What a connection says of what it keeps alive. */
@OptIn(ExperimentalCoroutinesApi::class)
class StatisticsTest {
    @Test
    fun `calls count on both sides while they run`() =
        withTwoClients { alice, bob ->
            val gate = CompletableDeferred<Unit>()
            bob.provide { function("wait") { gate.await() } }
            val service = alice.serviceOf("bob")
            val calls = List(3) { async { service.call<Unit>("wait") } }
            runCurrent()
            alice.statistics.outgoingCalls shouldBe 3
            alice.statistics.resultSessions shouldBe 0
            bob.statistics.incomingCalls shouldBe 3
            alice.statistics.toString() shouldBe "sessions=3, incomingCalls=0, longMessages=0, outgoingCalls=3"
            gate.complete(Unit)
            calls.awaitAll()
        }

    @Test
    fun `streams of items and of bytes count until they have been read or closed`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("items") { flowOf(1, 2) }
                function("bytes") { Bytes(ByteArray(10)).asByteSource() }
            }
            val service = alice.serviceOf("bob")
            val items = service.call<Flow<Int>>("items")
            val bytes = service.call<ByteSource>("bytes")
            bob.statistics.streams shouldBe 2
            bob.statistics.resultSessions shouldBe 2
            alice.statistics.streams shouldBe 0
            items.toList() shouldBe listOf(1, 2)
            runCurrent()
            bob.statistics.streams shouldBe 1
            bytes.close()
            bob.statistics.streams shouldBe 0
        }

    @Test
    fun `interface objects count once for each client that has one`() =
        withTwoClients { alice, bob ->
            val lent = interfaceObject { function("f") { 1 } }
            bob.provide { function("lend") { lent } }
            val service = alice.serviceOf("bob")
            repeat(2) { service.call<RemoteService>("lend") }
            bob.statistics.interfaceObjects shouldBe 1
            lent.dispose()
            bob.statistics.interfaceObjects shouldBe 0
        }

    @Test
    fun `a connection that has been made once says so`() = withTwoClients { alice, _ -> alice.statistics.generation shouldBe 1 }

    @Test
    fun `messages that wait for the server's limits are counted, and the time for which they did is added up`() {
        val recorded = RecordedMetrics()
        withScriptedPeer({
            messageRate = 1.0
            messageBurst = 2
            metrics = recorded
        }) { alice, peer ->
            val function = functionOf(peer, alice)
            val calls = List(5) { async { function.call<Unit>() } }
            runCurrent()
            val queued = alice.statistics.queuedMessages
            queued shouldBeGreaterThan 0
            alice.statistics.toString() shouldContain "queuedMessages=$queued"
            advanceTimeBy(1500.milliseconds)
            alice.statistics.queuedMessages shouldBe queued - 1
            alice.statistics.pacedMillis shouldBe alice.statistics.pacedTime.inWholeMilliseconds
            alice.statistics.pacedTime shouldBeGreaterThanOrEqualTo 1.seconds
            calls.forEach { it.cancelAndJoin() }
            runCurrent()
            alice.statistics.queuedMessages shouldBe 0
            val before = alice.statistics.pacedTime
            advanceTimeBy(60.seconds)
            alice.statistics.pacedTime shouldBe before
            recorded.pacedNanos.nanoseconds shouldBe before
        }
    }
}
