package io.hypha.rpc.client

import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Who asks the server for broadcasts, and when it is told that nobody wants them any more (protocol §10.2). */
@OptIn(ExperimentalCoroutinesApi::class)
class SubscriptionsTest {
    private suspend fun ScriptedPeer.expect(
        function: String,
        vararg types: String,
    ) {
        val call = expect()
        call.method shouldBe "services.default.$function"
        call.args shouldBe listOf(types.asList())
        resolve(call, true)
    }

    private fun CoroutineScope.collecting(
        alice: HyphaConnection,
        heard: MutableList<Any?> = ArrayList(),
    ): Job = launch { alice.events("x", subscribed = true).collect { heard += it.data } }

    @Test
    fun `the first who collects subscribes and the last unsubscribes`() =
        withManager { alice, manager ->
            val heard = ArrayList<Any?>()
            val first = collecting(alice, heard)
            val second = collecting(alice, heard)
            manager.expect("subscribe", "x")
            runCurrent()
            manager.send(mapOf("type" to "x", "data" to 1))
            runCurrent()
            heard shouldContainExactly listOf(1L, 1L)
            first.cancelAndJoin()
            manager.expectNothing()
            second.cancelAndJoin()
            manager.expect("unsubscribe", "x")
        }

    @Test
    fun `a plain collector and a plain listener subscribe to nothing`() =
        withManager { alice, manager ->
            val collecting = launch { alice.events("x").collect {} }
            alice.on("x") {}
            manager.expectNothing()
            collecting.cancelAndJoin()
            manager.expectNothing()
        }

    @Test
    fun `what the user subscribed to by hand stays when the last collector leaves`() =
        withManager { alice, manager ->
            val own = async { alice.manager.subscribe("x", "y") }
            manager.expect("subscribe", "x", "y")
            own.await()
            val collecting = collecting(alice)
            manager.expectNothing()
            collecting.cancelAndJoin()
            manager.expectNothing()
            val end = async { alice.manager.unsubscribe("x", "y") }
            manager.expect("unsubscribe", "x", "y")
            end.await()
        }

    @Test
    fun `what others here still want is not ended by hand`() =
        withManager { alice, manager ->
            val own = async { alice.manager.subscribe("x", "y") }
            manager.expect("subscribe", "x", "y")
            own.await()
            val collecting = collecting(alice)
            runCurrent()
            val end = async { alice.manager.unsubscribe("x", "y") }
            manager.expect("unsubscribe", "y")
            end.await()
            collecting.cancelAndJoin()
            manager.expect("unsubscribe", "x")
        }

    @Test
    fun `a listener with a subscription hears when it returns, and ends it when disposed in any way`() =
        withManager { alice, manager ->
            val heard = ArrayList<Any?>()
            for (end in listOf<(EventListener) -> Unit>({ it.dispose() }, { alice.off("x") }, { alice.off() })) {
                val listener = async { alice.subscribe("x") { heard += it.data } }
                manager.expect("subscribe", "x")
                listener.await()
                manager.send(mapOf("type" to "x", "data" to 1))
                runCurrent()
                end(listener.await())
                listener.await().dispose()
                manager.expect("unsubscribe", "x")
            }
            heard shouldContainExactly listOf(1L, 1L, 1L)
            manager.expectNothing()
        }

    @Test
    fun `a refusal reaches whoever asked, and leaves nothing behind`() =
        withManager { alice, manager ->
            supervisorScope {
                val collecting = async { alice.events("ws-b/x", subscribed = true).collect {} }
                manager.reject(manager.expect(), "ValueError: Subscription to event 'ws-b/x' is forbidden.")
                shouldThrow<RemoteException> { collecting.await() }.remoteType shouldBe "ValueError"
                val byHand = async { alice.manager.subscribe("ws-b/x") }
                manager.reject(manager.expect(), "ValueError: no")
                shouldThrow<RemoteException> { byHand.await() }
            }
            manager.expectNothing()
            shouldThrow<IllegalArgumentException> { alice.manager.subscribe() }
            shouldThrow<IllegalArgumentException> { alice.manager.subscribe("x", " ") }
        }

    @Test
    fun `a second collector asks itself when the first one was refused`() =
        withManager { alice, manager ->
            supervisorScope {
                val first = async { alice.events("x", subscribed = true).collect {} }
                runCurrent()
                val second = collecting(alice)
                manager.reject(manager.expect(), "ValueError: not now")
                shouldThrow<RemoteException> { first.await() }
                manager.expect("subscribe", "x")
                second.cancelAndJoin()
            }
            manager.expect("unsubscribe", "x")
        }

    @Test
    fun `who comes back before the server was told goes on without a word`() =
        withManager { alice, manager ->
            val first = collecting(alice)
            manager.expect("subscribe", "x")
            runCurrent()
            first.cancel()
            val second = collecting(alice)
            manager.expectNothing()
            second.cancelAndJoin()
            manager.expect("unsubscribe", "x")
        }

    @Test
    fun `one who gives up takes nothing from another who asked for the same`() =
        withManager { alice, manager ->
            val first = launch { alice.manager.subscribe("y") }
            manager.expect().method shouldBe "services.default.subscribe"
            val second = async { alice.manager.subscribe("y") }
            runCurrent()
            first.cancelAndJoin()
            manager.expect("subscribe", "y")
            second.await()
            manager.expectNothing()
            val end = async { alice.manager.unsubscribe("y") }
            manager.expect("unsubscribe", "y")
            end.await()
        }

    @Test
    fun `a request that is given up is taken back, for it may have arrived`() =
        withManager { alice, manager ->
            val byHand = launch { alice.manager.subscribe("y") }
            manager.expect().method shouldBe "services.default.subscribe"
            byHand.cancelAndJoin()
            manager.expect("unsubscribe", "y")
        }
}
