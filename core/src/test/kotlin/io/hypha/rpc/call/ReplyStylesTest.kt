package io.hypha.rpc.call

import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.currentTime
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.hours

/** How foreign callers ask for a reply, and how we ask foreign providers (protocol §3.4). */
@OptIn(ExperimentalCoroutinesApi::class)
class ReplyStylesTest {
    private fun ScriptedPeer.promise(
        target: String,
        vararg more: Pair<String, Any?>,
    ): Map<String, Any?> {
        fun callback(name: String) = method("P1.$name", "_rtarget" to target, "_rpromise" to false)
        return mapOf("promise" to mapOf("resolve" to callback("resolve"), "reject" to callback("reject")) + more)
    }

    private fun ScriptedPeer.beats(seconds: Double) =
        arrayOf("heartbeat" to method("P1.heartbeat", "_rtarget" to "peer", "_rpromise" to false), "interval" to seconds)

    private val latch = CompletableDeferred<String>()
    private val waiting =
        service("w") {
            function("wait") { latch.await() }
            function("now") { "now" }
            function("fail") { check(false) { "no luck" } }
        }

    @Test
    fun `the explicit promise is answered at its paths, whose target may be a bare client id`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            for (target in listOf("peer", "ws/peer")) {
                peer.call("services.w.now", extra = peer.promise(target))
                peer.expectResult() shouldBe "now"
                peer.call("services.w.fail", extra = peer.promise(target))
                peer.expectRejection() shouldBe "IllegalStateException: no luck"
                peer.call("services.w.nope", extra = peer.promise(target))
                peer.expectRejection() shouldBe "Method expired or not found: ws/peer:services.w.nope"
            }
        }

    @Test
    fun `the explicit promise names the session when the routing header does not`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            peer.send(peer.main("services.w.now"), peer.promise("peer"))
            peer.expectResult() shouldBe "now"
        }

    @Test
    fun `the explicit promise says how often to beat`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            peer.call("services.w.wait", extra = peer.promise("peer", *peer.beats(4.0)))
            for (second in listOf(4, 8)) {
                peer.expect().main shouldBe
                    mapOf("type" to "method", "from" to "ws/alice", "to" to "ws/peer", "method" to "P1.heartbeat", "parent" to "P1")
                currentTime shouldBe second * 1000
            }
            latch.complete("done")
            peer.expectResult() shouldBe "done"
            peer.expectNothing(1.hours)
        }

    @Test
    fun `an explicit promise without a heartbeat gets none`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            peer.call("services.w.wait", extra = peer.promise("peer"))
            peer.expectNothing(1.hours)
            latch.complete("done")
            peer.expectResult() shouldBe "done"
        }

    @Test
    fun `replies go to the caller and to nobody else`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            peer.call("services.w.now", extra = peer.promise("ws/victim"))
            peer.expectRejection() shouldContain "ValueError: "
            peer.expectNothing()
        }

    @Test
    fun `a promise without its functions is refused`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            peer.call("services.w.now", extra = mapOf("promise" to emptyMap<String, Any?>()))
            peer.expectRejection() shouldContain "no 'resolve'"
            val resolve = mapOf("resolve" to peer.method("P1.resolve"))
            peer.call("services.w.now", extra = mapOf("promise" to resolve))
            peer.expectRejection() shouldContain "no 'reject'"
            peer.call("services.w.now", extra = mapOf("promise" to resolve + ("reject" to mapOf("_rtype" to "method"))))
            peer.expectRejection() shouldContain "no '_rmethod'"
        }

    @Test
    fun `a caller that does not say how often hears a beat every 15 seconds`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(waiting)
            for (extra in listOf(emptyMap(), mapOf("t" to 0), mapOf("t" to "soon"), mapOf("t" to Double.NaN))) {
                val start = currentTime
                peer.call("services.w.wait", extra = mapOf("promise" to "*") + extra)
                peer.expect().method shouldBe "P1.heartbeat"
                currentTime - start shouldBe 15_000
                peer.send(peer.main("services.w.wait", "session" to "P1"), mapOf(Capabilities.KEY to mapOf(Capabilities.CANCEL to true)))
            }
        }

    @Test
    fun `a call that wants no reply runs and is not answered, whatever becomes of it`() =
        withScriptedPeer { alice, peer ->
            var runs = 0
            alice.provideService(
                service("s") {
                    function("up", param("by")) { by: Int -> runs += by }
                    function("fail") { runs++.also { error("no luck") } }
                },
            )
            peer.call("services.s.up", listOf(10), extra = emptyMap())
            peer.call("services.s.fail", extra = emptyMap())
            peer.call("services.s.up", listOf("x"), extra = emptyMap())
            peer.call("services.s.nope", extra = emptyMap())
            peer.send(peer.main("services.s.up"), mapOf("args" to listOf(100)))
            peer.call("nope", extra = mapOf("promise" to false))
            peer.call("gone.nope", extra = emptyMap())
            peer.expectNothing(1.hours)
            runs shouldBe 111
        }

    @Test
    fun `a function that never replies is called without asking for a reply`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val get = async { service.call<RemoteFunction>("f") }
            peer.resolve(peer.expect(), peer.method("services.svc.tell", "_rpromise" to false))
            val tell = get.await()
            tell.call<Unit>("hello")
            val call = peer.expect()
            call.main shouldBe mapOf("type" to "method", "from" to "ws/alice", "to" to "ws/peer", "method" to "services.svc.tell")
            call.extra shouldBe mapOf("args" to listOf("hello"))
        }

    @Test
    fun `functions with a promise of true are called in the short form`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val get = async { service.call<RemoteFunction>("f") }
            peer.resolve(peer.expect(), peer.method("services.svc.g", "_rpromise" to true))
            val result = async { get.await().call<Int>() }
            val call = peer.expect()
            call.extra["promise"] shouldBe "*"
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }
}
