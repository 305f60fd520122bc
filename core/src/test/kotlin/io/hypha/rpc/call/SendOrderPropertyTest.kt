package io.hypha.rpc.call

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.SlowLink
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.shouldHoldNothing
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.wire.ByteChain
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds

/**
 * Whatever order the turns of a slow, paced link come in: no reply overtakes what its handler had sent to the caller before, and no
 * cancellation its call. Bursts are small here, so that nearly everything waits.
 */
@OptIn(kotlinx.coroutines.ExperimentalCoroutinesApi::class)
class SendOrderPropertyTest {
    /** Writes down what leaves over it. */
    private class LoggedLink(
        private val link: Link,
    ) : Link by link {
        val sent = ArrayList<Message>()

        override suspend fun send(message: ByteChain) {
            sent += Message.of(message.toBytes())
            link.send(message)
        }
    }

    /** What a handler does with the function that it was given: so many bytes in one call, and whether it waits for the end of that. */
    private class Step(
        val size: Int,
        val waits: Boolean,
    )

    private fun Random.plan() =
        List(nextInt(0, 6)) {
            Step(
                if (nextInt(4) ==
                    0
                ) {
                    nextInt(270_000, 600_000)
                } else {
                    nextInt(100)
                },
                nextBoolean(),
            )
        }

    private fun runWith(
        seed: Int,
        test: suspend TestScope.(random: Random, alice: HyphaConnection, bob: HyphaConnection, links: List<LoggedLink>) -> Unit,
    ) = runTest {
        val random = Random(seed)
        val pair = LinkedPair(infoOf("alice"), infoOf("bob"), capacity = 1024)
        val clock = { testScheduler.currentTime.milliseconds }
        val links =
            listOf(pair.left, pair.right).map { end ->
                val slow = SlowLink(end, clock, 400.0, 10.0) { size -> (size * random.nextInt(5, 100)).nanoseconds }
                LoggedLink(slow)
            }
        val (alice, bob) = links.map { connectOver(it) }
        try {
            withClue("seed $seed") { test(random, alice, bob, links) }
            // The last answers wait for their turns as well.
            delay(30.seconds)
            shouldHoldNothing(alice, bob)
        } finally {
            alice.close()
            bob.close()
            alice.awaitClosed()
            bob.awaitClosed()
        }
    }

    private fun TestScope.background() =
        CoroutineScope(backgroundScope.coroutineContext + SupervisorJob(backgroundScope.coroutineContext[Job]))

    @Test
    fun `every callback that a handler made before it returned runs before its call returns`() {
        for (seed in 1..30) {
            runWith(seed) { random, alice, bob, _ ->
                val plans = List(12) { random.plan() }
                val background = background()
                bob.provide {
                    function("work", param("plan"), param("report")) { index: Int, report: RemoteFunction ->
                        for (step in plans[index]) {
                            val report = background.async { runCatching { report.call<Unit>(ByteArray(step.size)) } }
                            // So that it has its place in the session's order, as it has when the handler calls it itself.
                            delay(1.milliseconds)
                            if (step.waits) report.await()
                        }
                        index
                    }
                }
                val service = alice.serviceOf("bob")
                val calls =
                    plans.indices.map { index ->
                        async {
                            var reports = 0
                            service.call<Int>("work", index, callback { _: ByteArray -> reports++ }) shouldBe index
                            reports shouldBe plans[index].size
                        }
                    }
                calls.awaitAll()
            }
        }
    }

    @Test
    fun `a stream that a handler leaves early is closed before its call returns`() {
        for (seed in 1..20) {
            runWith(seed) { _, alice, bob, _ ->
                bob.provide { function("head", param("items")) { items: Flow<Int> -> items.first() } }
                val service = alice.serviceOf("bob")
                val calls =
                    List(12) { number ->
                        async {
                            var isClosed = false
                            val items =
                                flow {
                                    try {
                                        emit(number)
                                        emit(-1)
                                    } finally {
                                        isClosed = true
                                    }
                                }
                            service.call<Int>("head", items) shouldBe number
                            isClosed shouldBe true
                        }
                    }
                calls.awaitAll()
            }
        }
    }

    @Test
    fun `a cancellation follows its call, and a call that never left has none`() {
        for (seed in 1..10) {
            runWith(seed) { random, alice, bob, links ->
                bob.provide { function("slow", param("x")) { _: ByteArray -> delay(1.seconds) } }
                val service = alice.serviceOf("bob")
                val calls =
                    List(40) {
                        val size = if (random.nextInt(5) == 0) 300_000 else 10
                        val patience = random.nextInt(1, 400).milliseconds
                        launch { withTimeoutOrNull(patience) { service.call<Unit>("slow", ByteArray(size)) } }
                    }
                calls.forEach { it.join() }
                val sent = links[0].sent
                val cancelled = sent.filter { it.main["session"] != null && Capabilities.KEY in it.extra }
                for (cancellation in cancelled.filter { it.method.endsWith(".slow") }) {
                    val whole = sent.indexOfFirst { it.main["session"] == cancellation.session && "args" in it.extra }
                    // A long one is not to be seen as such: its last piece is a call of its own.
                    if (whole >= 0) (whole < sent.indexOf(cancellation)) shouldBe true
                }
            }
        }
    }
}
