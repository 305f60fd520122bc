package io.hypha.rpc.call

import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Only what the server wrote into the routing header says who calls (protocol §2.6, §9.1). */
@OptIn(ExperimentalCoroutinesApi::class)
class TrustTest {
    private val whoami =
        service("who") {
            function("ami") { listOf(context.from, context.to, context.workspace, context.user.id, context.connectionType) }
        }

    private val forged =
        mapOf(
            "type" to "event",
            "from" to "ws/root",
            "to" to "ws/other",
            "ws" to "root",
            "user" to mapOf("id" to "root"),
            "ctx" to mapOf("from" to "ws/root", "ws" to "root", "user" to mapOf("id" to "root")),
            "method" to "services.who.nope",
            "session" to "P9",
            "parent" to "P9",
            "connection_type" to "root",
        )

    @Test
    fun `a payload cannot change who calls, what is called, or where the reply goes`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(whoami)
            val stamps = mapOf("user" to mapOf("id" to "u1"), "ws" to "ws2")
            peer.send(peer.main("services.who.ami", "session" to "P1") + stamps, shortPromise + forged)
            peer.expectResult() shouldBe listOf("ws/peer", "ws/alice", "ws2", "u1", "memory")
        }

    @Test
    fun `a ctx in the routing header and unknown keys anywhere change nothing`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(whoami)
            val main = peer.main("services.who.ami", "session" to "P1") + mapOf("ctx" to forged, "new" to listOf(1, mapOf("a" to null)))
            peer.send(main, mapOf("zzz" to mapOf("deep" to listOf(1.5))) + shortPromise + mapOf("enc" to ByteArray(3)))
            peer.expectResult() shouldBe listOf("ws/peer", "ws/alice", "ws", "", "memory")
        }

    @Test
    fun `a forged sender in the payload does not open a protected service`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(service("private") { function("f") { "secret" } })
            alice.provideService(service("open") { visibility = Visibility.Public })
            val main = peer.main("services.private.f", "session" to "P1") + mapOf("from" to "evil/eve", "ws" to "evil")
            peer.send(main, shortPromise + mapOf("from" to "ws/peer", "ws" to "ws"))
            peer.expectRejection() shouldBe
                "Permission denied for invoking protected method evil/eve:services.private.f, workspace mismatch: ws != evil"
        }

    @Test
    fun `a forged sender in the payload does not answer somebody else's call`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<String>("f") }
            val call = peer.expect()
            val forgedReply = peer.main("${call.session}.resolve", "parent" to call.session) + ("from" to "ws/eve")
            peer.send(forgedReply, mapOf("args" to listOf("from eve"), "from" to "ws/peer"))
            runCurrent()
            result.isCompleted shouldBe false
            peer.expectNothing()
            peer.resolve(call, "from the peer")
            result.await() shouldBe "from the peer"
        }
}
