package io.hypha.rpc.service

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.callAs
import io.hypha.rpc.testing.expectCache
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.value.ValueFormat
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours

/** How long an interface object can be called, and what ends it (protocol §4.5, §10.4). */
@OptIn(ExperimentalCoroutinesApi::class)
class InterfaceLifeTest {
    private fun counter(): InterfaceObject {
        var count = 0
        return interfaceObject { function("next") { ++count } }
    }

    /** Hands [lent] to this peer, as the argument of a call that has returned. */
    private suspend fun ScriptedPeer.borrow(
        alice: HyphaConnection,
        lent: InterfaceObject,
    ): String =
        supervisorScope {
            val service = give(alice, "f")
            val calling = async { service.call<Int>("f", lent) }
            val call = expect()
            resolve(call, 1)
            calling.await()
            (call.args.single() as Map<*, *>)["_rintf_service_id"] as String
        }

    private suspend fun ScriptedPeer.isCallable(id: String): Boolean {
        call("services.$id.next")
        val reply = expect()
        if (reply.method == "P1.resolve") return true
        textOf(reply) shouldBe "Method expired or not found: $address:services.$id.next"
        return false
    }

    private fun textOf(reply: Message) = (reply.args.single() as Map<*, *>)["_rvalue"]

    private fun disconnected(id: String) =
        mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to id, "workspace" to "ws"))

    @Test
    fun `it can be called long after the call that brought it, and holds no session`() =
        withScriptedPeer { alice, peer ->
            val id = peer.borrow(alice, counter())
            alice.statistics.sessions shouldBe 0
            repeat(3) {
                peer.call("services.$id.next")
                peer.expectResult() shouldBe it + 1
                delay(5.hours)
            }
        }

    @Test
    fun `its receiver ends it, and may do so twice`() =
        withScriptedPeer { alice, peer ->
            val lent = counter()
            val id = peer.borrow(alice, lent)
            repeat(2) {
                peer.call("services.$id._dispose")
                peer.expectResult() shouldBe null
                lent.ids.shouldBeEmpty()
                peer.isCallable(id) shouldBe false
            }
            peer.call("services.built-in.get_service", listOf(id))
            peer.expectRejection() shouldBe "KeyError: 'Service not found: $id'"
        }

    @Test
    fun `nobody but those who may call it can end it`() =
        withScriptedPeer { alice, peer ->
            val lent = counter()
            val id = peer.borrow(alice, lent)
            peer.callAs("other/eve", "services.$id._dispose")
            textOf(peer.expect()) shouldBe
                "Permission denied for _rintf callback other/eve:services.$id._dispose, " +
                "caller other/eve is not the allowed caller ws/peer"
            peer.isCallable(id) shouldBe true
        }

    @Test
    fun `its owner ends it everywhere, and sending it again begins anew`() =
        withScriptedPeer { alice, peer ->
            val lent = counter()
            val id = peer.borrow(alice, lent)
            repeat(2) { lent.dispose() }
            lent.ids.shouldBeEmpty()
            peer.isCallable(id) shouldBe false
            val second = peer.borrow(alice, lent)
            second shouldNotBe id
            peer.isCallable(second) shouldBe true
            peer.isCallable(id) shouldBe false
        }

    @Test
    fun `it is unregistered by its id without a word to the server`() =
        withManager { alice, manager ->
            val lent = counter()
            val echoing = async { alice.echo<Any?>(lent) }
            val call = manager.expect()
            manager.resolve(call, null)
            echoing.await()
            val id = lent.ids.single()
            alice.unregisterService("ws/alice:$id")
            lent.ids.shouldBeEmpty()
            shouldThrow<ServiceNotFoundException> { alice.unregisterService(id) }.message shouldBe "Service not found: $id"
            manager.expectNothing()
        }

    @Test
    fun `it is never registered with the server`() =
        withManager { alice, manager ->
            val lent = counter()
            val echoing = async { alice.echo<Any?>(lent) }
            manager.resolve(manager.expect(), null)
            echoing.await()
            val registering = async { alice.registerService("s") { function("f") { 1 } } }
            val call = manager.expect()
            (call.args.single() as Map<*, *>)["id"] shouldBe "ws/alice:s"
            manager.resolve(call, null)
            registering.await()
            manager.expectNothing()
            lent.ids shouldHaveSize 1
        }

    @Test
    fun `it ends when the client that it was sent to leaves, and only then`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            val lent = counter()
            val id = peer.borrow(alice, lent)
            for (other in listOf("bob", "pee", "peer2", "other/peer")) peer.send(disconnected(other))
            peer.send(disconnected("peer") + ("from" to "ws/eve"))
            peer.isCallable(id) shouldBe true
            peer.send(disconnected("peer"))
            runCurrent()
            lent.ids.shouldBeEmpty()
            peer.isCallable(id) shouldBe false
        }

    @Test
    fun `it stays for a client that comes back`() =
        withScriptedPeer { alice, peer ->
            val lent = counter()
            val id = peer.borrow(alice, lent)
            peer.send(disconnected("peer"))
            peer.isCallable(id) shouldBe true
            lent.ids.size shouldBe 1
        }

    @Test
    fun `it ends when the server cannot find the client any more`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            val lent = counter()
            peer.borrow(alice, lent)
            peer.send(mapOf("type" to "peer_not_found", "to" to "ws/alice", "peer_id" to "ws/peer"))
            runCurrent()
            lent.ids.shouldBeEmpty()
            peer.borrow(alice, lent)
            val service = peer.give(alice, "f")
            supervisorScope {
                val calling = async { service.call<Int>("f", lent) }
                peer.send(mapOf("type" to "peer_not_found", "to" to "ws/alice", "session" to peer.expect().session))
                shouldThrow<PeerGoneException> { calling.await() }
            }
            lent.ids.shouldBeEmpty()
            peer.borrow(alice, lent)
            supervisorScope {
                val calling = async { service.call<Int>("f") }
                peer.reject(peer.expect(), "Target peer ws/peer is not connected")
                shouldThrow<PeerGoneException> { calling.await() }
            }
            lent.ids.shouldBeEmpty()
        }

    @Test
    fun `a result on its way to a client that leaves lends it nothing`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            val gate = CompletableDeferred<Unit>()
            val lent = counter()
            alice.provideService(
                service("s") {
                    function("lend") {
                        gate.await()
                        lent
                    }
                },
            )
            peer.call("services.s.lend")
            runCurrent()
            peer.send(disconnected("peer"))
            gate.complete(Unit)
            runCurrent()
            lent.ids.shouldBeEmpty()
        }

    @Test
    fun `a long message that may have been put together leaves what is in it, one that was not takes it back`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            for ((refusal, kept) in listOf("Method expired or not found" to 0, null to 1)) {
                val lent = counter()
                supervisorScope {
                    val calling = async { runCatching { service.call<Int>("f", lent, ByteArray(300_000)) } }
                    peer.resolve(peer.expectCache("create"), null)
                    repeat(2) { peer.resolve(peer.expectCache("set"), null) }
                    val process = peer.expectCache("process")
                    if (refusal != null) peer.reject(process, "$refusal: ws/alice:${process.method}")
                    calling.await().isFailure shouldBe true
                    peer.expectCache("remove")
                }
                lent.ids shouldHaveSize kept
            }
        }

    @Test
    fun `the same words about another client end nothing`() =
        withScriptedPeer { alice, peer ->
            val lent = counter()
            peer.borrow(alice, lent)
            val service = peer.give(alice, "f")
            for (text in listOf("Target peer ws/bob is not connected", "ValueError: Target peer ws/peer is not connected")) {
                withClue(text) {
                    supervisorScope {
                        val calling = async { runCatching { service.call<Int>("f") } }
                        peer.reject(peer.expect(), text)
                        calling.await().isFailure shouldBe true
                    }
                    lent.ids shouldHaveSize 1
                }
            }
        }

    @Test
    fun `a call that runs when it ends is answered`() =
        withScriptedPeer { alice, peer ->
            val gate = CompletableDeferred<Int>()
            val lent = interfaceObject { function("next") { gate.await() } }
            val id = peer.borrow(alice, lent)
            peer.call("services.$id.next")
            runCurrent()
            lent.dispose()
            gate.complete(7)
            peer.expectResult() shouldBe 7
        }

    @Test
    fun `it ends with the connection`() =
        withScriptedPeer { alice, peer ->
            val lent = counter()
            peer.borrow(alice, lent)
            alice.close()
            lent.ids.shouldBeEmpty()
        }

    @Test
    fun `functions run side by side`() =
        withScriptedPeer { alice, peer ->
            val gate = CompletableDeferred<Int>()
            val lent =
                interfaceObject {
                    function("slow") { gate.await() }
                    function("quick") { gate.complete(3) }
                }
            val id = peer.borrow(alice, lent)
            peer.call("services.$id.slow", session = "P1")
            peer.call("services.$id.quick", session = "P2")
            setOf(peer.expect().method, peer.expect().method) shouldBe setOf("P1.resolve", "P2.resolve")
        }

    @Test
    fun `objects that a peer never ends are bounded, and others get theirs`() {
        val table = InterfaceServices(Permission("ws") { null })
        val format = ValueFormat()

        fun lend(peer: String) = table.lend(counter(), peer, format).sent()
        repeat(57_344) { lend("ws/eve") }
        shouldThrow<OverloadedException> { lend("ws/eve") }
        lend("ws/bob")
        table.peerGone("ws/eve") shouldBe 57_344
        lend("ws/eve")
    }
}
