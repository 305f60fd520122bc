package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.call.callback
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.shouldHoldNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

/** What is left when a connection ends: nothing, and everybody who waited knows why. */
@OptIn(ExperimentalCoroutinesApi::class)
class ConnectionEndTest {
    private val ended = ArrayList<String>()
    private val endless =
        service("endless") {
            function<Any?>("wait") {
                try {
                    awaitCancellation()
                } finally {
                    ended += "handler"
                }
            }
        }

    private suspend fun messageOf(call: Deferred<*>): String = shouldThrow<ConnectionClosedException> { call.await() }.message.orEmpty()

    @Test
    fun `when the server ends the link every call ends, in both directions, and the state says why`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(endless)
            peer.call("services.endless.wait")
            val service = peer.give(alice, "f")
            supervisorScope {
                val calls = List(3) { async { service.call<Int>("f", callback { n: Int -> n }) } }
                repeat(3) { peer.expect() }
                peer.close("maintenance")
                for (call in calls) messageOf(call) shouldContain "maintenance"
            }
            alice.awaitClosed()
            ended shouldBe listOf("handler")
            val closed = alice.state.value.shouldBeInstanceOf<ConnectionState.Closed>()
            closed.cause?.message.orEmpty() shouldContain "maintenance"
            currentTime shouldBe 0
        }

    @Test
    fun `after the end everything fails at once with the same reason`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            peer.close("maintenance")
            alice.state.first { it is ConnectionState.Closed }
            val attempts =
                listOf<suspend () -> Any?>(
                    { service.call<Int>("f") },
                    { service.call<Int>("f", callback { n: Int -> n }) },
                    { alice.getServiceOf("peer", "svc") },
                    { alice.ping("peer") },
                    { alice.emit("news", 1, to = "peer") },
                    { alice.registerService("s") {} },
                )
            for (attempt in attempts) shouldThrow<ConnectionClosedException> { attempt() }.message shouldContain "maintenance"
            currentTime shouldBe 0
        }

    @Test
    fun `closing ends every call and the link, once and for all`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
            val alice = connectOver(pair.left)
            val peer = ScriptedPeer(pair.right)
            alice.provideService(endless)
            peer.call("services.endless.wait")
            val service = peer.give(alice, "f")
            supervisorScope {
                val call = async { service.call<Int>("f", callback { n: Int -> n }) }
                peer.expect()
                repeat(3) { alice.close() }
                messageOf(call) shouldBe "RPC connection closed"
            }
            alice.state.value
                .shouldBeInstanceOf<ConnectionState.Closed>()
                .cause shouldBe null
            alice.awaitClosed()
            alice.awaitClosed()
            ended shouldBe listOf("handler")
            shouldHoldNothing(alice)
            pair.right
                .receive()
                .shouldBeInstanceOf<LinkEvent.Closed>()
                .reason shouldBe "the client has closed the connection"
            shouldThrow<ConnectionClosedException> { service.call<Int>("f") }
            alice.close()
        }

    @Test
    fun `a reply that arrived before the end counts, also when it waits for a callback to start`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", callback { n: Int -> n }) }
            val call = peer.expect()
            peer.call((call.args[0] as Map<*, *>)["_rmethod"] as String, listOf(1), parent = call.session)
            peer.resolve(call, 7)
            peer.close("maintenance")
            result.await() shouldBe 7
            currentTime shouldBe 0
        }

    @Test
    fun `a handler may close the connection that it serves`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(service("s") { function("close") { alice.close() } })
            peer.call("services.s.close")
            alice.awaitClosed()
            alice.state.value.shouldBeInstanceOf<ConnectionState.Closed>()
        }

    @Test
    fun `a connection ends with the job that it was given`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"))
            val owner = Job()
            val alice = connectOver(pair.left) { coroutineContext = StandardTestDispatcher(testScheduler) + owner }
            val peer = ScriptedPeer(pair.right)
            alice.provideService(endless)
            peer.call("services.endless.wait")
            val service = peer.give(alice, "f")
            supervisorScope {
                val call = async { service.call<Int>("f") }
                peer.expect()
                owner.cancel()
                messageOf(call) shouldContain "was cancelled"
            }
            alice.awaitClosed()
            ended shouldBe listOf("handler")
            val closed = alice.state.value.shouldBeInstanceOf<ConnectionState.Closed>()
            closed.cause?.message.orEmpty() shouldContain "was cancelled"
            pair.right.receive().shouldBeInstanceOf<LinkEvent.Closed>()
            shouldHoldNothing(alice)
            currentTime shouldBe 0
        }

    @Test
    fun `a caller that is cancelled while the connection ends is cancelled`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val call = async { service.call<Int>("f") }
            peer.expect()
            call.cancel()
            alice.close()
            call.join()
            call.isCancelled shouldBe true
        }

    @Test
    fun `what waits for the link to take more fails when the link ends`() =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("peer"), capacity = 1)
            val alice = connectOver(pair.left)
            supervisorScope {
                val pings = List(5) { async { alice.ping("peer") } }
                runCurrent()
                pair.right.close("maintenance")
                for (ping in pings) messageOf(ping) shouldContain "maintenance"
            }
            alice.awaitClosed()
            shouldHoldNothing(alice)
        }
}
