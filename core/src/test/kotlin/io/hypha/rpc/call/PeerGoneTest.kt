package io.hypha.rpc.call

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration

/** What happens when the other client is gone (protocol §2.4, §2.5, §10.4). */
@OptIn(ExperimentalCoroutinesApi::class)
class PeerGoneTest {
    /** Makes a call, lets [tell] say what it will, and returns the text with which the call failed, at once. */
    private suspend fun ScriptedPeer.failureOf(
        alice: HyphaConnection,
        tell: suspend (call: Message) -> Unit,
    ): String? =
        supervisorScope {
            val service = give(alice, "f")
            val result = async { service.call<Int>("f") }
            tell(expect())
            shouldThrow<PeerGoneException> { result.await() }.message
        }

    private fun disconnected(vararg data: Pair<String, Any?>) = mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf(*data))

    @Test
    fun `calls to a client that has left fail at once, however the server names it`() =
        withScriptedPeer { alice, peer ->
            val events =
                listOf(
                    disconnected("id" to "peer", "workspace" to "ws"),
                    disconnected("id" to "ws/peer", "workspace" to "ws"),
                    disconnected("id" to "ws/peer"),
                    disconnected("id" to "peer"),
                    mapOf("type" to "client_disconnected", "id" to "peer", "workspace" to "ws"),
                )
            for (event in events) withClue(event) { peer.failureOf(alice) { peer.send(event) } shouldBe "Client disconnected: ws/peer" }
            peer.failureOf(alice) { peer.send(mapOf("type" to "client_disconnected"), mapOf("data" to mapOf("id" to "peer"))) }
            currentTime shouldBe 0
        }

    @Test
    fun `a peer that the server cannot find fails the session or all calls to it`() =
        withScriptedPeer { alice, peer ->
            val gone = mapOf("type" to "peer_not_found")
            peer.failureOf(alice) { peer.send(gone + ("session" to it.session)) } shouldBe "Peer ws/peer is not connected"
            peer.failureOf(alice) { peer.send(gone + ("session" to it.session) + ("error" to "no such peer")) } shouldBe "no such peer"
            peer.failureOf(alice) { peer.send(gone + ("peer_id" to "ws/peer")) } shouldBe "Peer ws/peer is not connected"
            peer.failureOf(alice) { peer.send(gone + ("peer_id" to "ws/peer") + ("error" to "gone")) } shouldBe "gone"
        }

    @Test
    fun `the server's own reject for a peer that is not connected says that it is gone`() =
        withScriptedPeer { alice, peer ->
            val text = "Target peer ws/peer is not connected"
            peer.failureOf(alice) { peer.reject(it, text) } shouldBe text
            peer.failureOf(alice) { call ->
                val error = mapOf("_rtype" to "error", "_rvalue" to text, "_rtrace" to "")
                val main = mapOf("type" to "method", "from" to "ws/peer", "to" to "ws/alice", "method" to "${call.session}.reject")
                peer.send(main, mapOf("args" to listOf(error)))
            } shouldBe text
        }

    @Test
    fun `clients cannot make others disappear`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f") }
            val call = peer.expect()
            for (from in listOf("ws/eve", "ws/peer", "*/manager-1")) {
                peer.send(disconnected("id" to "peer", "workspace" to "ws") + ("from" to from))
                peer.send(mapOf("type" to "peer_not_found", "session" to call.session, "peer_id" to "ws/peer", "from" to from))
            }
            runCurrent()
            result.isCompleted shouldBe false
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }

    @Test
    fun `others stay`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f") }
            val call = peer.expect()
            for (id in listOf("other", "pee", "peer2", "")) peer.send(disconnected("id" to id, "workspace" to "ws"))
            peer.send(disconnected("id" to "peer", "workspace" to "ws2"))
            peer.send(disconnected("id" to 5))
            peer.send(disconnected())
            peer.send(mapOf("type" to "peer_not_found"))
            runCurrent()
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }

    @Test
    fun `the calls of a client that has left are cancelled, and its callbacks with them`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            val ended = ArrayList<String>()

            suspend fun untilCancelled(name: String): Nothing =
                try {
                    CompletableDeferred<Nothing>().await()
                } finally {
                    ended += name
                }
            alice.provideService(service("s") { function<Any?>("f") { untilCancelled("handler") } })
            peer.call("services.s.f", session = "P1")
            val service = peer.give(alice, "f")
            supervisorScope {
                val result: Deferred<Int> = async { service.call<Int>("f", callback0<Unit> { untilCancelled("callback") }) }
                val call = peer.expect()
                peer.call((call.args[0] as Map<*, *>)["_rmethod"] as String, session = "P2", parent = call.session)
                runCurrent()
                alice.statistics.incomingCalls shouldBe 2
                peer.send(disconnected("id" to "peer", "workspace" to "ws"))
                shouldThrow<PeerGoneException> { result.await() }
            }
            runCurrent()
            ended.sorted() shouldBe listOf("callback", "handler")
            peer.expectNothing()
        }

    @Test
    fun `a system event with values that cannot be decoded still counts and harms nothing`() =
        withScriptedPeer { alice, peer ->
            val broken = mapOf("_rtype" to "ndarray", "_rvalue" to ByteArray(3), "_rshape" to listOf(2), "_rdtype" to "float64")
            peer.failureOf(alice) { peer.send(disconnected("id" to "peer", "workspace" to "ws", "icon" to broken)) }
            peer.failureOf(alice) { peer.send(disconnected("id" to "peer", "workspace" to "ws")) }
        }
}
