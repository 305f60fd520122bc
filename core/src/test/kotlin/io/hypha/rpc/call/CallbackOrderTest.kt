package io.hypha.rpc.call

import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** When callbacks start, and until when they can be called (protocol §3.3, §3.9). */
@OptIn(ExperimentalCoroutinesApi::class)
class CallbackOrderTest {
    private val started = ArrayList<Int>()
    private val gates = List(4) { CompletableDeferred<String>() }
    private val gated =
        callback { index: Int ->
            started += index
            gates[index].await()
        }

    private fun path(
        call: Message,
        argument: Int = 0,
    ) = (call.args[argument] as Map<*, *>)["_rmethod"] as String

    private suspend fun ScriptedPeer.callBack(
        call: Message,
        index: Int,
        wantsReply: Boolean = true,
    ) {
        val extra = if (wantsReply) mapOf("promise" to "*", "t" to 1e6) else emptyMap()
        call(path(call), listOf(index), session = "P$index", parent = call.session, extra = extra)
    }

    private suspend fun TestScope.shouldHaveStarted(vararg indices: Int) {
        runCurrent()
        started shouldBe indices.asList()
    }

    @Test
    fun `callbacks start in the order of their arrival and overlap where they wait`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", gated) }
            val call = peer.expect()
            for (index in listOf(2, 0, 3, 1)) peer.callBack(call, index)
            shouldHaveStarted(2, 0, 3, 1)
            gates[3].complete("three")
            peer.expectResult("P3") shouldBe "three"
            gates[0].complete("zero")
            peer.expectResult("P0") shouldBe "zero"
            gates[1].complete("one")
            gates[2].complete("two")
            setOf(peer.expectResult("P1"), peer.expectResult("P2")) shouldBe setOf("one", "two")
            peer.resolve(call, 7)
            result.await() shouldBe 7
        }

    @Test
    fun `a callback that arrived before the reply has started when the call returns, and still answers`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val atReturn = async { service.call<Int>("f", gated).let { started.toList() } }
            val call = peer.expect()
            peer.callBack(call, 1)
            peer.callBack(call, 2, wantsReply = false)
            peer.resolve(call, 7)
            atReturn.await() shouldBe listOf(1, 2)
            gates[1].complete("one")
            peer.expectResult("P1") shouldBe "one"
            gates[2].complete("two")
            peer.expectNothing()
        }

    @Test
    fun `a callback that arrived before a refusal has started when the call fails`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val atFailure =
                async {
                    shouldThrow<io.hypha.rpc.RemoteException> { service.call<Int>("f", gated) }
                    started.toList()
                }
            val call = peer.expect()
            peer.callBack(call, 1)
            peer.reject(call, "ValueError: no")
            atFailure.await() shouldBe listOf(1)
            gates[1].complete("one")
            peer.expectResult("P1") shouldBe "one"
        }

    @Test
    fun `after the call its callbacks are refused with the protocol's text`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", gated) }
            val call = peer.expect()
            peer.resolve(call, 7)
            peer.callBack(call, 1)
            peer.callBack(call, 2, wantsReply = false)
            peer.expectRejection() shouldBe "Session not found: ws/peer:${path(call)}"
            result.await() shouldBe 7
            peer.expectNothing()
            started shouldBe emptyList()
        }

    @Test
    fun `during the call only what was passed can be called`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", gated) }
            val call = peer.expect()
            for (path in listOf("${call.session}.nope", "${path(call)}.nope", "${call.session}.")) {
                peer.call(path, parent = call.session)
                peer.expectRejection() shouldBe "Method expired or not found: ws/peer:$path"
            }
            peer.call(call.session, parent = call.session)
            peer.expectRejection() shouldBe "Method not found: ws/peer:${call.session} at alice"
            peer.resolve(call, 7)
            result.await() shouldBe 7
        }

    @Test
    fun `a call that is cancelled takes its callbacks with it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", gated) }
            val call = peer.expect()
            result.cancel()
            runCurrent()
            alice.statistics.sessions shouldBe 0
            peer.callBack(call, 1)
            peer.expectRejection() shouldBe "Session not found: ws/peer:${path(call)}"
        }

    @Test
    fun `an argument that cannot be sent takes the functions beside it along`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            shouldThrow<io.hypha.rpc.EncodingException> { service.call<Int>("f", gated, mapOf("x" to Any())) }.path shouldBe "args[1].x"
            alice.statistics.sessions shouldBe 0
            peer.expectNothing()
        }

    @Test
    fun `functions given to a call without a reply live until they are idle for long`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val get = async { service.call<RemoteFunction>("f") }
            peer.resolve(peer.expect(), peer.method("services.svc.tell", "_rpromise" to false))
            get.await().call<Unit>(callback { item: Int -> item + 1 })
            val call = peer.expect()
            alice.statistics.sessions shouldBe 1
            peer.call(path(call), listOf(1))
            peer.expectResult() shouldBe 2
            testScheduler.advanceTimeBy(20 * 60_000)
            runCurrent()
            peer.call(path(call), listOf(1))
            peer.expectRejection() shouldBe "Session not found: ws/peer:${path(call)}"
        }
}
