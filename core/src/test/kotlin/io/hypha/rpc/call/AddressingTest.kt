package io.hypha.rpc.call

import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.transport.LinkedPair
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

/** Which calls are for this client, and where its answers go (protocol §2.3, §3.6). */
class AddressingTest {
    private val here =
        service("here") {
            visibility = Visibility.Public
            function("to") { context.to }
        }

    @Test
    fun `a call that is addressed to another workspace is refused`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(here)
            peer.send(peer.main("services.here.to", "session" to "P1") + ("to" to "other/alice"), shortPromise)
            peer.expectRejection() shouldBe "Workspace mismatch: other != ws"
            peer.send(peer.main("services.built-in.ping", "session" to "P1") + ("to" to "other/alice"), shortPromise)
            peer.expectRejection() shouldBe "Workspace mismatch: other != ws"
        }

    @Test
    fun `a bare target belongs to the sender's workspace`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(here)
            peer.send(peer.main("services.here.to", "session" to "P1") + ("to" to "alice"), shortPromise)
            peer.expectResult() shouldBe "ws/alice"
            peer.send(peer.main("services.here.to", "session" to "P1") + mapOf("to" to "alice", "from" to "other/peer"), shortPromise)
            peer.expectRejection() shouldBe "Workspace mismatch: other != ws"
        }

    @Test
    fun `a bare sender is one of the own workspace`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(here)
            peer.send(peer.main("services.here.to", "session" to "P1") + ("from" to "peer"), shortPromise)
            peer.expectResult() shouldBe "ws/alice"
        }

    @Test
    fun `a workspace manager serves calls for any workspace and answers as itself`() =
        runTest {
            val pair = LinkedPair(infoOf("manager-1", "*"), infoOf("peer"))
            val manager = connectOver(pair.left)
            val peer = ScriptedPeer(pair.right)
            manager.provideService(here)
            peer.send(peer.main("services.here.to", "session" to "P1") + ("to" to "*/manager-1"), shortPromise)
            peer.expectResult() shouldBe "*/manager-1"
            peer.send(peer.main("services.here.to", "session" to "P1") + ("to" to "ws/manager-1"), shortPromise)
            val reply = peer.expect()
            reply.main["from"] shouldBe "*/manager-1"
            reply.args shouldBe listOf("ws/manager-1")
            manager.close()
            manager.awaitClosed()
        }
}
