package io.hypha.rpc.call

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectCache
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours

/** What a caller of another make sees of a reply that is too long for one frame. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongRepliesTest {
    private fun withLongReply(test: suspend TestScope.(peer: ScriptedPeer, alice: HyphaConnection) -> Unit) =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            alice.provide {
                function("big") { Bytes(ByteArray(600_000)) }
                function("rich") { listOf(Bytes(ByteArray(600_000)), flowOf(1), callback0 { 2 }) }
            }
            test(peer, alice)
        }

    private suspend fun ScriptedPeer.takeBack(path: String) = send(main(path, "session" to "P1"), mapOf("_rext" to mapOf("cancel" to true)))

    @Test
    fun `a long reply comes in pieces under a key that is not the session`() =
        withLongReply { peer, _ ->
            peer.call("services.svc.big")
            val create = peer.expectCache("create")
            val key = create.args[0]
            (key == "P1") shouldBe false
            create.args[1] shouldBe false
            peer.resolve(create, null)
            repeat(3) { peer.resolve(peer.expectCache("set"), null) }
            peer.resolve(peer.expectCache("process"), null)
        }

    @Test
    fun `heartbeats go on until the last piece of the reply has been taken, and then stop`() =
        withLongReply { peer, _ ->
            peer.call("services.svc.big", extra = mapOf("promise" to "*", "t" to 2))
            peer.resolve(peer.expectCache("create"), null)
            val pieces = List(3) { peer.expectCache("set") }
            val second = peer.expect()
            second.method shouldBe "P1.heartbeat"
            currentTime shouldBe 2_000
            pieces.forEach { peer.resolve(it, null) }
            val process = peer.expectCache("process")
            peer.expect().method shouldBe "P1.heartbeat"
            currentTime shouldBe 4_000
            peer.resolve(process, null)
            advanceTimeBy(1.hours)
            shouldSayNothing(peer)
        }

    @Test
    fun `a reply whose pieces are refused becomes a failure`() =
        withLongReply { peer, alice ->
            peer.call("services.svc.rich")
            peer.resolve(peer.expectCache("create"), null)
            repeat(3) { peer.reject(peer.expectCache("set"), "OverloadedError: ws/peer is full") }
            val remaining = listOf(peer.expect(), peer.expect()).associateBy { it.method.substringAfterLast('.') }
            val reject = remaining.getValue("reject")
            (reject.args.single() as Map<*, *>)["_rvalue"] shouldBe "OverloadedError: ws/peer is full"
            runCurrent()
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `a caller that takes its call back during the reply gets no more of it`() =
        withLongReply { peer, alice ->
            peer.call("services.svc.rich")
            peer.resolve(peer.expectCache("create"), null)
            repeat(3) { peer.expectCache("set") }
            peer.takeBack("services.svc.rich")
            peer.expectCache("remove")
            shouldSayNothing(peer)
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `a reply to a caller that is gone ends at once`() =
        withLongReply { peer, alice ->
            peer.call("services.svc.rich")
            peer.resolve(peer.expectCache("create"), null)
            repeat(3) { peer.expectCache("set") }
            peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
            runCurrent()
            alice.statistics.toString() shouldBe "sessions=0, incomingCalls=0, longMessages=0"
        }
}
