package io.hypha.rpc.call

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Streams of this client, which others collect. */
@OptIn(ExperimentalCoroutinesApi::class)
class ForeignCollectorsTest {
    private val steps = mutableListOf<String>()
    private val gate = CompletableDeferred<Unit>()
    private val end = mapOf("_rtype" to "stop_iteration")

    /** A peer that has got the stream of [items], at whose end the gate is awaited. */
    private fun withCollector(
        vararg items: Any?,
        test: suspend TestScope.(stream: Map<*, *>, peer: ScriptedPeer, alice: HyphaConnection) -> Unit,
    ) = withScriptedPeer { alice, peer ->
        alice.provide {
            function("items") {
                flow {
                    try {
                        items.forEach { emit(it) }
                        gate.await()
                    } finally {
                        steps += "closed"
                    }
                }
            }
        }
        peer.call("services.svc.items", session = "P1")
        val reply = peer.expect()
        reply.method shouldBe "P1.resolve"
        test(reply.args.single() as Map<*, *>, peer, alice)
    }

    private suspend fun ScriptedPeer.next(
        stream: Map<*, *>,
        session: String,
    ) = call(stream["_rmethod"] as String, session = session)

    private suspend fun ScriptedPeer.close(
        stream: Map<*, *>,
        session: String,
    ) = call(stream["_rclose_method"] as String, session = session)

    @Test
    fun `a stream goes out as the map that other clients know`() =
        withCollector { stream, peer, alice ->
            gate.complete(Unit)
            stream["_rtype"] shouldBe "generator"
            stream["_rtarget"] shouldBe "ws/alice"
            stream["_rserver"] shouldBe "http://127.0.0.1:1"
            stream["_rpromise"] shouldBe "*"
            stream["_rclose_method"] shouldBe "${stream["_rmethod"]}:close"
            alice.statistics.sessions shouldBe 1
            peer.next(stream, "N1")
            val last = peer.expect()
            last.method shouldBe "N1.resolve"
            last.args shouldBe listOf(end)
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `close answers true when the finally has run, and frees the session`() =
        withCollector("a", "b") { stream, peer, alice ->
            peer.next(stream, "N1")
            peer.expect().args shouldBe listOf("a")
            steps shouldBe emptyList()
            peer.close(stream, "C")
            val closed = peer.expect()
            closed.method shouldBe "C.resolve"
            closed.args shouldBe listOf(true)
            steps shouldContainExactly listOf("closed")
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `a stream can be closed before the first item`() =
        withCollector("a") { stream, peer, alice ->
            peer.close(stream, "C")
            peer.expect().args shouldBe listOf(true)
            steps shouldBe emptyList()
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `two closes at once both succeed`() =
        withCollector("a") { stream, peer, _ ->
            peer.close(stream, "C1")
            peer.close(stream, "C2")
            listOf(peer.expect().method, peer.expect().method) shouldContainExactly listOf("C1.resolve", "C2.resolve")
        }

    @Test
    fun `close ends a request that still waits for its item`() =
        withCollector { stream, peer, _ ->
            peer.next(stream, "N1")
            runCurrent()
            peer.close(stream, "C")
            listOf(peer.expect().method, peer.expect().method).toSet() shouldBe setOf("N1.reject", "C.resolve")
        }

    @Test
    fun `requests that came before the end all learn of it`() =
        withCollector { stream, peer, _ ->
            peer.next(stream, "N1")
            peer.next(stream, "N2")
            peer.next(stream, "N3")
            runCurrent()
            gate.complete(Unit)
            val answers = List(3) { peer.expect() }
            answers.map { it.method }.toSet() shouldBe setOf("N1.resolve", "N2.resolve", "N3.resolve")
            answers.forEach { it.args shouldBe listOf(end) }
        }

    @Test
    fun `requests that came together get their items in order`() =
        withCollector("a", "b", "c") { stream, peer, _ ->
            gate.complete(Unit)
            listOf("N1", "N2", "N3", "N4").forEach { peer.next(stream, it) }
            val answers = List(4) { peer.expect() }.associate { it.method to it.args.single() }
            answers shouldBe mapOf("N1.resolve" to "a", "N2.resolve" to "b", "N3.resolve" to "c", "N4.resolve" to end)
        }

    @Test
    fun `a request after the end finds nothing, and says whose it was`() =
        withCollector { stream, peer, _ ->
            gate.complete(Unit)
            peer.next(stream, "N1")
            peer.expect().args shouldBe listOf(end)
            peer.next(stream, "N2")
            val refusal = peer.expect()
            refusal.method shouldBe "N2.reject"
            (refusal.args.single() as Map<*, *>)["_rvalue"] shouldBe "Session not found: ws/peer:${stream["_rmethod"]}"
        }

    @Test
    fun `nobody else can pull a stream`() =
        withCollector("a") { stream, peer, _ ->
            peer.send(
                peer.main(stream["_rmethod"] as String, "session" to "X") + ("from" to "ws/eve"),
                mapOf("args" to emptyList<Any?>(), "promise" to "*"),
            )
            val refusal = peer.expect()
            refusal.method shouldBe "X.reject"
            (refusal.args.single() as Map<*, *>)["_rvalue"].toString().startsWith("Access denied for method call") shouldBe true
            peer.next(stream, "N1")
            peer.expect().args shouldBe listOf("a")
            peer.close(stream, "C")
            peer.expect()
        }
}
