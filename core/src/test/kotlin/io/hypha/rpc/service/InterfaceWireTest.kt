package io.hypha.rpc.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.callback0
import io.hypha.rpc.call.param
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.codec
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.supervisorScope
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test

/** How interface objects look on the wire, and where they can be passed (protocol §4.5). */
class InterfaceWireTest {
    @Serializable
    private class Job(
        val name: String,
        val watcher: InterfaceObject,
    )

    private class Gauge(
        val unit: String,
    ) {
        val reader = interfaceObject { function("read") { unit } }
    }

    private fun watcher() =
        interfaceObject {
            function("onStep", param("step", "How far")) { step: Int -> step + 1 }
            group("more") { function("onEnd") { "end" } }
            value("limit", 5)
            value("labels", listOf("a", mapOf("b" to null)))
        }

    private fun idIn(map: Any?) = (map as Map<*, *>)["_rintf_service_id"] as String

    @Test
    fun `it is a map of service functions with its id and a way to end it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            watcher.ids.shouldBeEmpty()
            val calling = async { service.call<Int>("f", watcher) }
            val call = peer.expect()
            val sent = call.args.single() as Map<*, *>
            sent.keys shouldBe setOf("_rintf", "onStep", "more", "limit", "labels", "_dispose", "_rintf_service_id")
            sent["_rintf"] shouldBe true
            val id = idIn(sent)
            id shouldMatch "_rintf_[a-zA-Z0-9]{20,}"
            watcher.ids shouldBe listOf(id)
            val onStep = sent["onStep"] as Map<*, *>
            onStep["_rtype"] shouldBe "method"
            onStep["_rmethod"] shouldBe "services.$id.onStep"
            onStep["_rtarget"] shouldBe "ws/alice"
            onStep["_rpromise"] shouldBe "*"
            onStep["_rserver"] shouldBe "http://127.0.0.1:1"
            (onStep["_rschema"] as Map<*, *>)["name"] shouldBe "onStep"
            ((sent["more"] as Map<*, *>)["onEnd"] as Map<*, *>)["_rmethod"] shouldBe "services.$id.more.onEnd"
            (sent["_dispose"] as Map<*, *>)["_rmethod"] shouldBe "services.$id._dispose"
            sent["limit"] shouldBe 5
            sent["labels"] shouldBe listOf("a", mapOf("b" to null))
            peer.resolve(call, 1)
            calling.await()
            peer.call("services.$id.onStep", listOf(6))
            peer.expectResult() shouldBe 7
            peer.call("services.$id.more.onEnd")
            peer.expectResult() shouldBe "end"
        }

    @Test
    fun `its hidden service says what it is to those who may have it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            val calling = async { service.call<Int>("f", watcher) }
            val call = peer.expect()
            peer.call("services.built-in.get_service", watcher.ids)
            val got = peer.expectResult() as Map<*, *>
            got["id"] shouldBe watcher.ids.single()
            got["config"] shouldBe
                mapOf(
                    "visibility" to "protected",
                    "require_context" to false,
                    "_local_only" to true,
                    "_rintf_allowed_caller" to "ws/peer",
                    "workspace" to "ws",
                )
            peer.resolve(call, 1)
            calling.await()
        }

    @Test
    fun `it goes wherever a function may`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            val id =
                async {
                    service.call<Int>(
                        "f",
                        watcher,
                        kwargs = mapOf("w" to listOf(mapOf("deep" to watcher)), "job" to Job("j", watcher)),
                    )
                }.let { calling ->
                    val call = peer.expect()
                    val keywords = call.args[1] as Map<*, *>
                    val deep = ((keywords["w"] as List<*>).single() as Map<*, *>)["deep"]
                    idIn(deep) shouldBe idIn(call.args[0])
                    idIn((keywords["job"] as Map<*, *>)["watcher"]) shouldBe idIn(call.args[0])
                    peer.resolve(call, 1)
                    calling.await()
                    idIn(call.args[0])
                }
            alice.provideService(
                service("s") {
                    function("typed") { watcher }
                    function("plain") { mapOf("a" to watcher) }
                    function("job") { Job("j", watcher) }
                },
            )
            peer.call("services.s.typed")
            idIn(peer.expectResult()) shouldBe id
            peer.call("services.s.plain")
            idIn((peer.expectResult() as Map<*, *>)["a"]) shouldBe id
            peer.call("services.s.job")
            idIn((peer.expectResult() as Map<*, *>)["watcher"]) shouldBe id
            alice.emit("news", mapOf("w" to watcher), to = "peer")
            val event = peer.expect()
            event.main["type"] shouldBe "news"
            idIn((event.extra["data"] as Map<*, *>)["w"]) shouldBe id
            watcher.ids shouldBe listOf(id)
        }

    @Test
    fun `an event for everybody cannot hold one, nor can an event hold a callback`() =
        withScriptedPeer { alice, peer ->
            val watcher = watcher()
            shouldThrow<EncodingException> { alice.emit("news", watcher, to = "*") }.message shouldContain
                "an interface object cannot be sent to everybody, only to one client"
            shouldThrow<EncodingException> { alice.emit("news", callback0 { 1 }, to = "peer") }.message shouldContain
                "in an event send an interface object"
            watcher.ids.shouldBeEmpty()
            peer.expectNothing()
        }

    @Test
    fun `each client gets one of its own`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(
                service("s") {
                    visibility = Visibility.Public
                    val watcher = watcher()
                    function("watch") { watcher }
                    function("ids") { watcher.ids }
                },
            )
            val ids =
                listOf("ws/bob", "other/carol", "ws/bob").map {
                    peer.send(peer.main("services.s.watch", "session" to "P1") + ("from" to it), mapOf("promise" to "*"))
                    idIn(peer.expect().args.single())
                }
            ids[0] shouldBe ids[2]
            ids[0] shouldNotBe ids[1]
            peer.call("services.s.ids")
            peer.expectResult() shouldBe ids.take(2)
        }

    @Test
    fun `a message that could not be sent leaves nothing behind`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            shouldThrow<EncodingException> { service.call<Int>("f", watcher, Any()) }
            watcher.ids.shouldBeEmpty()
            alice.provideService(service("s") { function("f") { listOf(watcher, Any()) } })
            peer.call("services.s.f")
            peer.expectRejection() shouldContain "Unsupported type"
            shouldThrow<EncodingException> { alice.emit("news", listOf(watcher, Any()), to = "peer") }
            watcher.ids.shouldBeEmpty()
        }

    @Test
    fun `a call that did not run leaves nothing behind, any other failure may have kept it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            for ((text, kept) in listOf(
                "Method expired or not found: ws/alice:services.svc.f" to 0,
                "OverloadedError: ws/peer has too many calls to serve; call again later" to 0,
                "ValueError: no" to 1,
                "Method expired or not found: ws/alice:services.svc.f" to 1,
            )) {
                supervisorScope {
                    val calling = async { runCatching { service.call<Int>("f", watcher) } }
                    val call = peer.expect()
                    watcher.ids shouldHaveSize 1
                    peer.reject(call, text)
                    calling.await().isFailure shouldBe true
                }
                watcher.ids shouldHaveSize kept
            }
        }

    @Test
    fun `a call that was given up may have kept it`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            val calling = async { service.call<Int>("f", watcher) }
            peer.expect()
            calling.cancelAndJoin()
            watcher.ids shouldHaveSize 1
        }

    @Test
    fun `what a client has already stays when a later message to it fails`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val watcher = watcher()
            val calling = async { service.call<Int>("f", watcher) }
            peer.resolve(peer.expect(), 1)
            calling.await()
            shouldThrow<EncodingException> { service.call<Int>("f", watcher, Any()) }
            watcher.ids shouldHaveSize 1
        }

    @Test
    fun `a codec may make one, which then carries its tag as well`() =
        withScriptedPeer({ codecs = listOf(codec<Gauge>("gauge", { it.reader })) }) { alice, peer ->
            val service = peer.give(alice, "f")
            val gauge = Gauge("mm")
            val calling = async { service.call<Int>("f", gauge, gauge) }
            val call = peer.expect()
            val sent = call.args[0] as Map<*, *>
            sent.keys shouldBe setOf("_rtype", "_rintf", "read", "_dispose", "_rintf_service_id")
            sent["_rtype"] shouldBe "gauge"
            idIn(call.args[1]) shouldBe idIn(sent)
            peer.resolve(call, 1)
            calling.await()
        }

    @Test
    fun `a marked map of our own functions is refused with the way to do it`() =
        withTwoClients { alice, bob ->
            bob.provideService(service("s") { function("f", param("x")) { _: Any? -> 1 } })
            val service = alice.getServiceOf("bob", "s")
            val map = mapOf("_rintf" to true, "f" to callback0 { 1 })
            shouldThrow<EncodingException> { service.call<Int>("f", map) }.message shouldBe
                "args[0]: a map with '_rintf' holds functions of this program: make it with interfaceObject { … }"
            service.call<Int>("f", mapOf("_rintf" to true, "a" to 1)) shouldBe 1
            service.call<Int>("f", mapOf("_rintf" to false, "f" to callback0 { 1 })) shouldBe 1
        }

    @Test
    fun `one without a function, and names that are not free, are refused`() =
        withTwoClients { alice, bob ->
            shouldThrow<IllegalArgumentException> { interfaceObject { value("a", 1) } }.message shouldContain "needs a function"
            shouldThrow<IllegalArgumentException> { interfaceObject { group("a") {} } }
            shouldThrow<IllegalArgumentException> { interfaceObject { function("_dispose") { 1 } } }.message shouldContain "begins with '_'"
            for (define in listOf<ServiceBuilder.() -> Unit>({ value("w", watcher()) }, { group("g") { value("w", watcher()) } })) {
                shouldThrow<IllegalArgumentException> { service("s", define) }.message shouldBe
                    "'w' is an interface object, which is lent to one client: return it from a function"
            }
            bob.provideService(service("s") { function("f", param("x")) { _: InterfaceObject -> 1 } })
            supervisorScope {
                shouldThrow<RemoteException> { alice.getServiceOf("bob", "s").call<Unit>("f", mapOf("a" to 1)) }.message shouldContain
                    "an interface object that is received is a RemoteService"
            }
        }
}
