package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withWatchedClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldNotBeSameInstanceAs
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** What becomes of results, and of callbacks, for which nobody waits any more. */
@OptIn(ExperimentalCoroutinesApi::class)
class GivenUpResultsTest {
    @Test
    fun `what lives for a result ends when its caller has given up while it was on its way`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function("some") { listOf(flowOf(1), callback0 { 2 }) } }
            val service = alice.connection.serviceOf("bob")
            bob.link.block()
            val caller = launch { service.call<Any?>("some") }
            runCurrent()
            bob.connection.statistics.sessions shouldBe 1
            // From here on the reply is as good as sent: it leaves before the cancellation arrives.
            bob.link.unblock()
            caller.cancelAndJoin()
            runCurrent()
            bob.connection.statistics.sessions shouldBe 0
        }

    @Test
    fun `what lives for a result ends when the result does not fit`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function("some") { listOf(flowOf(1), callback0 { 2 }) } }
            val service = alice.connection.serviceOf("bob")
            shouldThrow<EncodingException> { service.call<List<Int>>("some") }
            runCurrent()
            bob.connection.statistics.sessions shouldBe 0
        }

    @Test
    fun `callbacks that have not begun do not begin when their caller has given up`() =
        withScriptedPeer { alice, peer ->
            val steps = ArrayList<Int>()
            val service = peer.give(alice, "f")
            val callback = callback { n: Int -> steps += n }
            val caller = launch { service.call<Unit>("f", callback) }
            val call = peer.expect()
            val path = (call.args.single() as Map<*, *>)["_rmethod"] as String
            peer.call(path, listOf(1), session = "P1", parent = call.session)
            runCurrent()
            peer.expect().method shouldBe "P1.resolve"
            peer.call(path, listOf(2), session = "P2", parent = call.session)
            caller.cancelAndJoin()
            runCurrent()
            peer.expect().method shouldBe "P2.reject"
            steps shouldContainExactly listOf(1)
        }

    @Test
    fun `a provider that comes back is told of the calls that failed when it left`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice, peer.method("services.s.f", "_rext" to listOf("cancel")))
            val result = async { shouldThrow<PeerGoneException> { function.call<Unit>() } }
            val call = peer.expect()
            val gone = mapOf("id" to "peer", "workspace" to "ws")
            peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to gone))
            result.await()
            peer.heartbeat(call)
            val takenBack = peer.expect()
            takenBack.session shouldBe call.session
            takenBack.extra shouldBe mapOf(Capabilities.KEY to mapOf(Capabilities.CANCEL to true))
            peer.heartbeat(call)
            shouldSayNothing(peer)
        }

    @Test
    fun `every caller gets a failure of its own when the connection ends`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function<Unit>("wait") { awaitCancellation() } }
            val service = alice.connection.serviceOf("bob")
            supervisorScope {
                val calls = List(2) { async { service.call<Unit>("wait") } }
                runCurrent()
                alice.connection.close()
                val (first, second) = calls.map { shouldThrow<ConnectionClosedException> { it.await() } }
                first shouldNotBeSameInstanceAs second
            }
            runCurrent()
        }
}
