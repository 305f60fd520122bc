package io.hypha.rpc.leaks

import io.hypha.rpc.EncodingException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

/** What is left of streams that are not read to their end. */
@OptIn(ExperimentalCoroutinesApi::class)
class StreamLeaksTest {
    private var begun = 0
    private var ended = 0

    private fun numbers(): Flow<Int> =
        flow {
            begun++
            try {
                var next = 0
                while (true) emit(next++)
            } finally {
                ended++
            }
        }

    /** Every stream that was begun has run its `finally` at the end. */
    private fun withStreams(test: suspend TestScope.(alice: HyphaConnection, bob: HyphaConnection) -> Unit) =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide {
                function("numbers") { numbers() }
                function("first", param("items")) { items: Flow<Int> -> items.first() }
                function("none", param("items")) { _: Flow<Int> -> 0 }
            }
            test(alice, bob)
            ended shouldBe begun
        }

    @Test
    fun `streams whose collector leaves after one item leave nothing`() =
        withStreams { alice, bob ->
            val service = alice.serviceOf("bob")
            val times = repetitions(10_000)
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(times) { service.stream<Int>("numbers").first() shouldBe 0 }
            (begun >= times) shouldBe true
        }

    @Test
    fun `streams whose collector is cancelled at any moment leave nothing`() =
        withStreams { alice, bob ->
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob), { sweep() }).shouldLeaveNothing(repetitions(5_000)) { number ->
                coroutineScope {
                    val collector = launch { service.stream<Int>("numbers").collect() }
                    repeat(number % MOMENTS) { yield() }
                    collector.cancelAndJoin()
                }
            }
        }

    @Test
    fun `streams that are returned and never collected are gone when they were idle for long`() =
        withStreams { alice, bob ->
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob), { sweep() }).shouldLeaveNothing(repetitions(10_000)) { service.call<Flow<Int>>("numbers") }
            begun shouldBe 0
        }

    @Test
    fun `streams whose items do not fit leave nothing`() =
        withStreams { alice, bob ->
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(5_000)) {
                shouldThrow<EncodingException> { service.stream<String>("numbers").first() }
            }
        }

    @Test
    fun `streams that break leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide {
                function("broken") {
                    flow {
                        emit(1)
                        error("broken")
                    }
                }
            }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(5_000)) {
                shouldThrow<RemoteException> { service.stream<Int>("broken").collect() }
            }
        }

    @Test
    fun `streams that are passed and read in part, or not at all, leave nothing`() =
        withStreams { alice, bob ->
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(5_000)) {
                service.call<Int>(if (it % 2 == 0) "first" else "none", numbers()) shouldBe 0
            }
        }

    /** What nobody uses any more is looked for every five minutes, and ends after ten. */
    private fun TestScope.sweep() {
        advanceTimeBy(16.minutes)
    }

    private companion object {
        const val MOMENTS = 60
    }
}
