package io.hypha.rpc.call

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.testing.withWatchedClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class StreamEndsTest {
    /** What the producing side of a stream went through. */
    private class Trace {
        val steps = mutableListOf<String>()

        fun naturals(): Flow<Int> =
            flow {
                try {
                    var next = 0
                    while (true) {
                        steps += "made $next"
                        emit(next++)
                    }
                } finally {
                    steps += "closed"
                }
            }
    }

    @Test
    fun `exactly the items that were asked for are made`() =
        withTwoClients { alice, bob ->
            val trace = Trace()
            bob.provide { function("naturals") { trace.naturals() } }
            val seen = CompletableDeferred<Unit>()
            val collector =
                launch {
                    alice.serviceOf("bob").stream<Int>("naturals").collect {
                        trace.steps += "got $it"
                        if (it == 2) {
                            seen.complete(Unit)
                            awaitCancellation()
                        }
                    }
                }
            seen.await()
            advanceTimeBy(1.minutes)
            trace.steps shouldContainExactly listOf("made 0", "got 0", "made 1", "got 1", "made 2", "got 2")
            collector.cancelAndJoin()
            runCurrent()
            trace.steps.last() shouldBe "closed"
        }

    @Test
    fun `a stream that is never collected makes nothing`() =
        withTwoClients { alice, bob ->
            val trace = Trace()
            bob.provide { function("naturals") { trace.naturals() } }
            alice.serviceOf("bob").call<Flow<Int>>("naturals")
            runCurrent()
            trace.steps.shouldBeEmpty()
            bob.statistics.sessions shouldBe 1
            advanceTimeBy(15.minutes)
        }

    @Test
    fun `taking some items closes the remote stream and runs its finally`() =
        withTwoClients { alice, bob ->
            val trace = Trace()
            bob.provide { function("naturals") { trace.naturals() } }
            alice
                .serviceOf("bob")
                .stream<Int>("naturals")
                .take(2)
                .toList() shouldBe listOf(0, 1)
            runCurrent()
            trace.steps shouldContainExactly listOf("made 0", "made 1", "closed")
            bob.statistics.sessions shouldBe 0
        }

    @Test
    fun `a collector that fails closes the remote stream and keeps its own failure`() =
        withTwoClients { alice, bob ->
            val trace = Trace()
            bob.provide { function("naturals") { trace.naturals() } }
            val failure =
                shouldThrow<UnsupportedOperationException> {
                    alice.serviceOf("bob").stream<Int>("naturals").collect { throw UnsupportedOperationException("no $it") }
                }
            failure.message shouldBe "no 0"
            runCurrent()
            trace.steps shouldContainExactly listOf("made 0", "closed")
        }

    @Test
    fun `cancelling a collector that waits for an item cancels the making of that item`() =
        withTwoClients { alice, bob ->
            val steps = mutableListOf<String>()
            bob.provide {
                function("stuck") {
                    flow<Int> {
                        try {
                            steps += "begun"
                            awaitCancellation()
                        } finally {
                            steps += "closed"
                        }
                    }
                }
            }
            val collector = launch { alice.serviceOf("bob").stream<Int>("stuck").toList() }
            runCurrent()
            steps shouldContainExactly listOf("begun")
            collector.cancelAndJoin()
            runCurrent()
            steps shouldContainExactly listOf("begun", "closed")
        }

    @Test
    fun `leaving a stream waits for its finally, but not for long`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("sticky") {
                    flow {
                        try {
                            emit(1)
                        } finally {
                            withContext(NonCancellable) { delay(20.seconds) }
                        }
                    }
                }
            }
            alice.serviceOf("bob").stream<Int>("sticky").first() shouldBe 1
            currentTime shouldBe 5_000
            advanceTimeBy(21.seconds)
        }

    @Test
    fun `after the normal end no close is sent and the session is free`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function("three") { flow { repeat(3) { emit(it) } } } }
            alice.connection
                .serviceOf("bob")
                .stream<Int>("three")
                .toList() shouldBe listOf(0, 1, 2)
            bob.connection.statistics.sessions shouldBe 0
            runCurrent()
            alice.link.methods
                .filter { it.endsWith(":close") }
                .shouldBeEmpty()
            alice.link.methods.count { it.endsWith("#stream") } shouldBe 4
        }

    @Test
    fun `a stream that nobody collects any more ends after ten idle minutes and frees its session`() =
        withTwoClients { alice, bob ->
            val trace = Trace()
            bob.provide { function("naturals") { trace.naturals() } }
            val failure = CompletableDeferred<Throwable>()
            val collector =
                launch {
                    try {
                        alice.serviceOf("bob").stream<Int>("naturals").collect { if (it == 1) delay(16.minutes) }
                    } catch (e: MethodNotFoundException) {
                        failure.complete(e)
                    }
                }
            advanceTimeBy(9.minutes)
            trace.steps shouldContainExactly listOf("made 0", "made 1")
            bob.statistics.sessions shouldBe 1
            advanceTimeBy(6.minutes)
            runCurrent()
            trace.steps.last() shouldBe "closed"
            bob.statistics.sessions shouldBe 0
            // The reference is stale: that is a failure, not the end of the stream.
            failure.await().message!!.startsWith("Session not found: ws/alice:") shouldBe true
            collector.join()
        }

    @Test
    fun `a stream is not idle while it makes an item, however long that takes`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("glacial") {
                    flow {
                        delay(40.minutes)
                        emit("ice")
                    }
                }
            }
            alice.serviceOf("bob").stream<String>("glacial").toList() shouldBe listOf("ice")
        }
}
