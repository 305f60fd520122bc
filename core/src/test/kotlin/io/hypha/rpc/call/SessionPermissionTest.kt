package io.hypha.rpc.call

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.callAs
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.withRelay
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** A session answers to the one client that it was opened for (protocol §3.3, §3.6). */
@OptIn(ExperimentalCoroutinesApi::class)
class SessionPermissionTest {
    private fun pathOf(method: Any?) = (method as Map<*, *>)["_rmethod"] as String

    @Test
    fun `a callback is refused to everybody but the client that it was sent to`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", callback0 { "mine" }) }
            val call = peer.expect()
            val path = pathOf(call.args[0])
            for (eve in listOf("ws/eve", "other/peer", "*/manager-1")) {
                peer.callAs(eve, path)
                val reply = peer.expect()
                reply.main["to"] shouldBe eve
                val text = (reply.args.single() as Map<*, *>)["_rvalue"]
                text shouldBe "Access denied for method call ($eve:$path) from $eve to target ws/peer"
            }
            peer.call(path, parent = call.session)
            peer.expectResult() shouldBe "mine"
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }

    @Test
    fun `nobody else can answer a call or keep it alive`() =
        withScriptedPeer({ timeout = 10.seconds }) { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f") }
            val call = peer.expect()
            peer.callAs("ws/eve", "services.built-in.message_cache.create", listOf(call.session, true))
            peer.expectRejection() shouldContain "session does not exist anymore: ${call.session}"
            for (reply in listOf("resolve", "reject", "heartbeat")) {
                peer.callAs("ws/eve", "${call.session}.$reply", listOf(5), extra = emptyMap())
                peer.callAs("ws/eve", "${call.session}.$reply", listOf(5))
                val refusal = peer.expect()
                (refusal.args.single() as Map<*, *>)["_rvalue"].toString() shouldStartWith "Access denied for method call"
            }
            runCurrent()
            result.isCompleted shouldBe false
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }

    @Test
    fun `a call into a session whose parent is closed is refused, and only logged when it wants no reply`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            var runs = 0
            val result = async { service.call<Int>("f", callback0 { runs++ }) }
            val call = peer.expect()
            val path = pathOf(call.args[0])
            peer.call(path, parent = "gone")
            peer.expectRejection() shouldBe "Parent session was closed: gone"
            peer.call(path, parent = "gone", extra = emptyMap())
            peer.expectNothing()
            runs shouldBe 0
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }

    @Test
    fun `a service is called whatever the parent`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(service("s") { function("f") { "f" } })
            peer.call("services.s.f", parent = "gone")
            peer.expectResult() shouldBe "f"
        }

    @Test
    fun `a third client that was handed a callback is refused with the reason`() =
        withRelay { relay ->
            val alice = relay.client("ws/alice")
            val bob = relay.client("ws/bob")
            val carol = relay.client("other/carol")
            val open =
                service("open") {
                    visibility = Visibility.Public
                    function("use", param("f")) { f: RemoteFunction -> f.call<String>() }
                }
            carol.provideService(open)
            bob.provideService(
                service("relay") {
                    function("pass", param("f")) { f: RemoteFunction -> bob.getServiceOf("other/carol", "open").call<String>("use", f) }
                },
            )
            val failure =
                shouldThrow<PermissionDeniedException> {
                    alice.getServiceOf("bob", "relay").call<String>("pass", callback0 { "mine" })
                }
            failure.message shouldContain "from other/carol to target ws/bob"
        }

    @Test
    fun `nobody can have this client call a callback that it passed to somebody else`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            alice.provideService(service("s") { function("use", param("f")) { f: RemoteFunction -> f.call<Any?>() } })
            var runs = 0
            val result = async { service.call<Int>("f", callback0 { runs++ }) }
            val call = peer.expect()
            peer.callAs("ws/eve", "services.s.use", listOf(mapOf("_rtype" to "method") + (call.args[0] as Map<*, *>)))
            val forwarded = peer.expect()
            forwarded.main["to"] shouldBe "ws/alice"
            peer.callAs("ws/alice", forwarded.method, session = forwarded.session)
            val refusal = peer.expect()
            refusal.method shouldBe "${forwarded.session}.reject"
            peer.send(refusal.main + ("from" to "ws/alice"), refusal.extra)
            peer.expectRejection() shouldContain "Access denied for method call"
            runs shouldBe 0
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }
}
