package io.hypha.rpc.client

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Events of the server, and of clients that would like to be it (protocol §10.2 to §10.5). */
@OptIn(ExperimentalCoroutinesApi::class)
class ServerEventsTest {
    private val pretenders = listOf("ws/eve", "*/manager-2", "eve", "ws/peer")

    private suspend fun TestScope.heard(
        alice: HyphaConnection,
        peer: ScriptedPeer,
        type: String,
        data: Any?,
        from: String? = null,
    ): HyphaEvent {
        val heard = ArrayList<HyphaEvent>()
        alice.once(type) { heard += it }
        peer.send(mapOf("type" to type, "to" to "*", "data" to data) + listOfNotNull(from?.let { "from" to it }))
        runCurrent()
        return heard.single()
    }

    @Test
    fun `an event about a service describes it`() =
        withScriptedPeer { alice, peer ->
            val info = mapOf("id" to "ws/bob:s", "type" to "generic")
            for (type in listOf(ServerEvents.SERVICE_ADDED, ServerEvents.SERVICE_REMOVED, ServerEvents.SERVICE_UPDATED)) {
                val event = heard(alice, peer, type, info)
                event.isFromServer shouldBe true
                event.context shouldBe null
                event.serviceInfo?.id shouldBe "ws/bob:s"
                event.clientId shouldBe null
                event.workspaceInfo shouldBe null
            }
        }

    @Test
    fun `an event about a client names it without its workspace, whichever way the server does`() =
        withScriptedPeer { alice, peer ->
            for (id in listOf("bob", "ws/bob")) {
                heard(alice, peer, ServerEvents.CLIENT_CONNECTED, mapOf("id" to id, "workspace" to "ws")).clientId shouldBe "bob"
            }
            heard(alice, peer, ServerEvents.CLIENT_UPDATED, "nonsense").clientId shouldBe null
            heard(alice, peer, "custom", mapOf("id" to "bob")).clientId shouldBe null
        }

    @Test
    fun `an event about a workspace describes it`() =
        withScriptedPeer { alice, peer ->
            heard(alice, peer, ServerEvents.WORKSPACE_CHANGED, mapOf("id" to "ws", "owners" to listOf("a"))).workspaceInfo?.owners shouldBe
                listOf("a")
        }

    @Test
    fun `an event of a client describes nothing, whatever its type`() =
        withScriptedPeer { alice, peer ->
            for (from in pretenders) {
                heard(alice, peer, ServerEvents.SERVICE_ADDED, mapOf("id" to "ws/bob:s"), from).serviceInfo shouldBe null
                heard(alice, peer, ServerEvents.CLIENT_CONNECTED, mapOf("id" to "bob"), from).clientId shouldBe null
                heard(alice, peer, ServerEvents.WORKSPACE_LOADED, mapOf("id" to "ws"), from).workspaceInfo shouldBe null
            }
        }

    @Test
    fun `a client that leaves ends its calls and is told to listeners, once they have ended`() =
        withScriptedPeer { alice, peer ->
            val told = ArrayList<HyphaEvent>()
            alice.on(LocalEvents.REMOTE_CLIENT_DISCONNECTED) { told += it }
            val service = peer.give(alice, "f")
            supervisorScope {
                val call = async { service.call<Int>("f", interfaceObject { function("g") { 1 } }) }
                peer.expect()
                for (from in pretenders) {
                    peer.send(mapOf("type" to "client_disconnected", "from" to from, "data" to mapOf("id" to "peer", "workspace" to "ws")))
                }
                runCurrent()
                call.isCompleted shouldBe false
                peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
                shouldThrow<PeerGoneException> { call.await() }.message shouldBe "Client disconnected: ws/peer"
            }
            runCurrent()
            told.map { it.data } shouldContainExactly
                listOf(mapOf("client_id" to "ws/peer", "sessions_cleaned" to 1L, "rintf_cleaned" to 1L))
            told.single().isLocal shouldBe true
        }

    @Test
    fun `the server's manager alone can send this client away`() =
        withScriptedPeer { alice, peer ->
            for (from in pretenders) peer.send(mapOf("type" to "force-exit", "from" to from, "reason" to "nonsense"))
            peer.send(mapOf("type" to "force-exit", "reason" to "nonsense"))
            runCurrent()
            alice.state.value.shouldBeInstanceOf<ConnectionState.Connected>()
            peer.send(mapOf("type" to "force-exit", "from" to "*/manager-1", "to" to "ws/alice", "reason" to "kicked out"))
            runCurrent()
            alice.state.value
                .shouldBeInstanceOf<ConnectionState.Closed>()
                .cause
                ?.message shouldBe
                "the server has ended the connection: kicked out"
            alice.awaitClosed()
        }
}
