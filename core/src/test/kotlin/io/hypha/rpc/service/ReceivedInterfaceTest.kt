package io.hypha.rpc.service

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withRelay
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

/** Interface objects of other clients: handles that are kept, called, passed on and ended (protocol §4.5). */
@OptIn(ExperimentalCoroutinesApi::class)
class ReceivedInterfaceTest {
    @Serializable
    private class Job(
        val name: String,
        val watcher: RemoteService,
    )

    private fun adder(by: Int) = interfaceObject { function("add", param("x")) { x: Int -> x + by } }

    private val ofAPeer =
        { peer: ScriptedPeer ->
            mapOf(
                "_rintf" to true,
                "_rintf_service_id" to "_rintf_x1",
                "id" to "theirs",
                "limit" to 5,
                "add" to peer.method("services._rintf_x1.add"),
                "_dispose" to peer.method("services._rintf_x1._dispose"),
            )
        }

    private suspend fun ScriptedPeer.lend(client: HyphaConnection): RemoteService =
        supervisorScope {
            val service = give(client, "f")
            val calling = async { service.call<RemoteService>("f") }
            resolve(expect(), ofAPeer(this@lend))
            calling.await()
        }

    @Test
    fun `closing a handle calls nothing but the end of an interface object`() =
        withScriptedPeer { alice, peer ->
            var wiped = 0
            alice.provideService(service("admin") { function("wipe") { ++wiped } })
            val wipe = peer.method("services.admin.wipe", "_rtarget" to "ws/alice")
            val other = peer.method("services.svc._dispose")
            for (end in listOf(wipe, other)) {
                val service = peer.give(alice, "f")
                val calling = async { service.call<RemoteService>("f") }
                peer.resolve(peer.expect(), ofAPeer(peer) + ("_dispose" to end))
                val handle = calling.await()
                handle.close()
                handle.dispose()
                peer.expectNothing()
            }
            wiped shouldBe 0
        }

    @Test
    fun `one that came over another server ends by the function that was handed on for it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val calling = async { service.call<RemoteService>("f") }
            peer.resolve(peer.expect(), ofAPeer(peer) + ("_dispose" to peer.method("S9.x#_dispose")))
            val disposing = async { calling.await().dispose() }
            peer.resolve(peer.expect().also { it.method shouldBe "S9.x#_dispose" }, null)
            disposing.await()
        }

    @Test
    fun `a handler keeps one beyond its call, calls it and ends it`() =
        withTwoClients { alice, bob ->
            val kept = CompletableDeferred<RemoteService>()
            val job = CompletableDeferred<Job>()
            bob.provideService(
                service("s") {
                    function("keep", param("w")) { w: RemoteService -> kept.complete(w) }
                    function("job", param("j")) { j: Job -> job.complete(j) }
                },
            )
            val lent = adder(1)
            val service = alice.getServiceOf("bob", "s")
            service.call<Unit>("keep", lent)
            service.call<Unit>("job", mapOf("name" to "j", "watcher" to lent))
            kept.await().call<Int>("add", 4) shouldBe 5
            kept.await().id shouldBe lent.ids.single()
            kept.await().functionNames() shouldBe listOf("add")
            job
                .await()
                .watcher
                .call<Int>("add", 5) shouldBe 6
            repeat(2) { kept.await().dispose() }
            lent.ids.shouldBeEmpty()
            job.await().watcher.dispose()
        }

    @Test
    fun `its values and its id are read like those of a service`() =
        withScriptedPeer { alice, peer ->
            val theirs = peer.lend(alice)
            theirs.id shouldBe "_rintf_x1"
            theirs.value("limit") shouldBe 5L
            theirs.functionNames() shouldBe listOf("add")
        }

    @Test
    fun `ending what its owner has forgotten, or when the owner is gone, is fine, and any other failure is told`() =
        withScriptedPeer { alice, peer ->
            val theirs = peer.lend(alice)
            val path = "ws/alice:services._rintf_x1._dispose"
            supervisorScope {
                for (text in listOf(
                    "Method expired or not found: $path",
                    "Error: Method expired or not found: $path",
                    "Target peer ws/peer is not connected",
                )) {
                    val ending = async { theirs.dispose() }
                    val call = peer.expect()
                    call.method shouldBe "services._rintf_x1._dispose"
                    peer.reject(call, text)
                    ending.await()
                }
                val failing = async { theirs.dispose() }
                peer.reject(peer.expect(), "ValueError: no")
                shouldThrow<RemoteException> { failing.await() }
            }
        }

    @Test
    fun `close returns at once and tells the owner in the background`() =
        withScriptedPeer { alice, peer ->
            val theirs = peer.lend(alice)
            theirs.use { it.id shouldBe "_rintf_x1" }
            val call = peer.expect()
            call.method shouldBe "services._rintf_x1._dispose"
            peer.reject(call, "ValueError: no")
            runCurrent()
            alice.statistics.sessions shouldBe 0
        }

    @Test
    fun `closing after the connection has ended changes nothing, ending says so`() =
        withScriptedPeer { alice, peer ->
            val theirs = peer.lend(alice)
            alice.close()
            alice.awaitClosed()
            theirs.close()
            shouldThrow<ConnectionClosedException> { theirs.dispose() }
        }

    @Test
    fun `services that were registered are not ended by their handles`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            service.close()
            service.dispose()
            peer.expectNothing()
        }

    @Test
    fun `calls to it end after ten silent seconds, or what was asked for`() =
        withScriptedPeer { alice, peer ->
            val theirs = peer.lend(alice)
            supervisorScope {
                val start = currentTime
                val calling = async { theirs.call<Int>("add", 1) }
                peer.expect().extra["t"] shouldBe 5.0
                shouldThrow<CallTimeoutException> { calling.await() }
                currentTime - start shouldBe 10_000
                val patient = async { theirs.withTimeout(2.minutes).call<Int>("add", 1) }
                val call = peer.expect()
                call.extra["t"] shouldBe 60.0
                peer.resolve(call, 2)
                patient.await() shouldBe 2
            }
        }

    @Test
    fun `it travels on as references without the mark`() =
        withScriptedPeer { alice, peer ->
            val theirs = peer.lend(alice)
            val service = peer.give(alice, "f")
            val calling = async { service.call<Map<String, Any?>>("f", theirs, theirs.entries) }
            val call = peer.expect()
            for (sent in call.args) {
                val map = sent as Map<*, *>
                map.keys shouldBe setOf("_rintf_service_id", "id", "limit", "add", "_dispose")
                (map["add"] as Map<*, *>)["_rtarget"] shouldBe "ws/peer"
                (map["add"] as Map<*, *>)["_rmethod"] shouldBe "services._rintf_x1.add"
            }
            peer.resolve(call, call.args[0])
            calling.await().asRemoteService().id shouldBe "_rintf_x1"
        }

    @Test
    fun `it may go in an event and be made a handle there`() =
        withTwoClients { alice, bob ->
            val heard = CompletableDeferred<RemoteService>()
            bob.on("news") { heard.complete((it.data as Map<*, *>).asRemoteService()) }
            val lent = adder(2)
            alice.emit("news", lent, to = "bob")
            heard.await().call<Int>("add", 1) shouldBe 3
            heard.await().dispose()
            lent.ids.shouldBeEmpty()
        }

    @Test
    fun `our own that comes back is called here, also when it was lent to one client only`() =
        withTwoClients { alice, bob ->
            bob.provideService(service("s") { function("echo", param("x")) { x: Any? -> x } })
            val service = alice.getServiceOf("bob", "s")
            for (isNarrow in listOf(false, true)) {
                val lent = interfaceObject(onlyAllowedCaller = isNarrow) { function("who") { context.from } }
                val back = service.call<RemoteService>("echo", lent)
                back.call<String>("who") shouldBe "ws/alice"
                service.call<RemoteService>("echo", back).call<String>("who") shouldBe "ws/alice"
                back.dispose()
                lent.ids.shouldBeEmpty()
            }
        }

    @Test
    fun `only those that it was lent to, or the owner's workspace, call it, across workspaces`() =
        withRelay { relay ->
            val alice = relay.client("ws/alice")
            val bob = relay.client("ws/bob")
            val carol = relay.client("other/carol")
            val dave = relay.client("other/dave")
            var kept: RemoteService? = null

            fun keeper(id: String) =
                service(id) {
                    visibility = Visibility.Public
                    function("keep", param("w")) { w: RemoteService -> kept = w }
                    function("call", param("w")) { w: RemoteService -> w.call<Int>("add", 1) }
                }
            listOf(bob, carol, dave).forEach { it.provideService(keeper("k")) }
            for (isNarrow in listOf(false, true)) {
                val lent = interfaceObject(onlyAllowedCaller = isNarrow) { function("add", param("x")) { x: Int -> x + 1 } }
                alice.getServiceOf("other/carol", "k").call<Unit>("keep", lent)
                val carols = checkNotNull(kept)
                carols.call<Int>("add", 1) shouldBe 2
                val refusal =
                    shouldThrow<PermissionDeniedException> { carol.getServiceOf("dave", "k").call<Int>("call", carols) }
                refusal.message shouldContain "Permission denied for _rintf callback other/dave:services.${lent.ids.single()}.add"
                if (isNarrow) {
                    shouldThrow<PermissionDeniedException> { carol.getServiceOf("ws/bob", "k").call<Int>("call", carols) }
                } else {
                    carol.getServiceOf("ws/bob", "k").call<Int>("call", carols) shouldBe 2
                }
                carols.dispose()
                lent.ids.shouldBeEmpty()
            }
        }
}
