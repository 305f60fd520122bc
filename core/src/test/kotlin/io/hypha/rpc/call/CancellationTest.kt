package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.WatchedClient
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withWatchedClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class CancellationTest {
    private val steps = mutableListOf<String>()

    /** Waits for ever as part of whoever calls it, and says when that ends. */
    private suspend fun waitAs(name: String) {
        steps += "$name began"
        try {
            awaitCancellation()
        } finally {
            steps += "$name ended"
        }
    }

    /** Calls `wait` at bob and cancels the caller while the handler runs. */
    private suspend fun TestScope.callAndCancel(
        alice: WatchedClient,
        vararg args: Any?,
    ) {
        val service = alice.connection.serviceOf("bob")
        val caller = launch { service.call<Any?>("wait", *args) }
        runCurrent()
        caller.cancelAndJoin()
        alice.connection.statistics.sessions shouldBe 0
        runCurrent()
    }

    private fun WatchedClient.replies() = link.methods.filter { it.endsWith(".resolve") || it.endsWith(".reject") }

    @Test
    fun `a cancelled caller frees its session at once and the handler ends with its children, without a reply`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function<Unit>("wait") {
                    coroutineScope {
                        launch { waitAs("child") }
                        waitAs("handler")
                    }
                }
            }
            callAndCancel(alice)
            steps.toSet() shouldBe setOf("handler began", "child began", "handler ended", "child ended")
            bob.connection.statistics.incomingCalls shouldBe 0
            bob.replies().size shouldBe 1
        }

    @Test
    fun `a handler on an executor of its own is cancelled as well`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                coroutineContext = UnconfinedTestDispatcher(testScheduler)
                function<Unit>("wait") { waitAs("handler") }
            }
            callAndCancel(alice)
            steps shouldContainExactly listOf("handler began", "handler ended")
            bob.replies().size shouldBe 1
        }

    @Test
    fun `a call that timed out is taken back too`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function<Unit>("wait") { waitAs("handler") } }
            val service = alice.connection.serviceOf("bob")
            val caller = launch { shouldThrow<CallTimeoutException> { service.call<Unit>("wait") } }
            runCurrent()
            bob.link.block()
            advanceTimeBy(31.seconds)
            caller.join()
            steps shouldContainExactly listOf("handler began", "handler ended")
            bob.link.unblock()
        }

    @Test
    fun `a handler that takes no notice of the cancellation does no harm`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function<Any?>("wait") {
                    try {
                        waitAs("handler")
                    } catch (_: CancellationException) {
                        withContext(NonCancellable) { delay(10.seconds) }
                    }
                    listOf(callback0 { 1 }, flowOf(2))
                }
            }
            callAndCancel(alice)
            bob.connection.statistics.incomingCalls shouldBe 1
            advanceTimeBy(11.seconds)
            bob.connection.statistics.toString() shouldBe "sessions=0, incomingCalls=0, longMessages=0"
            bob.replies().size shouldBe 1
        }

    @Test
    fun `a handler that answers the cancellation with another failure sends no reply either`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function<Unit>("wait") {
                    try {
                        waitAs("handler")
                    } catch (e: CancellationException) {
                        throw IllegalStateException("interrupted", e)
                    }
                }
            }
            callAndCancel(alice)
            bob.replies().size shouldBe 1
        }

    @Test
    fun `cancelling a caller ends what its handler had called in turn`() =
        withWatchedClients { alice, bob ->
            alice.connection.provide { function<Unit>("deeper") { waitAs("deeper") } }
            bob.connection.provide { function<Unit>("wait") { bob.connection.serviceOf("alice").call<Unit>("deeper") } }
            callAndCancel(alice)
            steps shouldContainExactly listOf("deeper began", "deeper ended")
        }

    @Test
    fun `a callback that runs in the cancelled caller ends with the handler that called it`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function<RemoteFunction, Unit>("wait", param("back")) { back -> back() }
            }
            callAndCancel(alice, callback0<Unit> { waitAs("callback") })
            steps shouldContainExactly listOf("callback began", "callback ended")
            alice.connection.statistics.incomingCalls shouldBe 0
        }

    @Test
    fun `a call that has ended is not taken back`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function("quick") { 1 }
                function("fails") { check(false) { "no" } }
            }
            val service = alice.connection.serviceOf("bob")
            service.call<Int>("quick")
            runCatching { service.call<Unit>("fails") }
            runCurrent()
            alice.link.sent
                .filter { Capabilities.KEY in it.extra }
                .shouldBeEmpty()
        }

    @Test
    fun `a caller that is cancelled before its message could leave frees its session, and the handler never runs`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function<Unit>("wait") { waitAs("handler") } }
            val service = alice.connection.serviceOf("bob")
            alice.link.block()
            val caller = launch { service.call<Unit>("wait") }
            runCurrent()
            alice.connection.statistics.sessions shouldBe 1
            caller.cancelAndJoin()
            alice.connection.statistics.sessions shouldBe 0
            alice.link.unblock()
            runCurrent()
            steps.shouldBeEmpty()
        }

    @Test
    fun `a service cannot take its handlers away from their calls`() {
        shouldThrow<IllegalArgumentException> { service("svc") { coroutineContext = Job() } }
    }
}
