package io.hypha.rpc.call

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.shouldSayNothing
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The message that takes a call back: who gets it, and what it does. */
@OptIn(ExperimentalCoroutinesApi::class)
class TakeBackTest {
    private val steps = mutableListOf<String>()
    private val takeBack = mapOf("_rext" to mapOf("cancel" to true))

    private fun HyphaConnection.provideWaiting() =
        provide {
            function<Unit>("wait") {
                steps += "began"
                try {
                    awaitCancellation()
                } finally {
                    steps += "ended"
                }
            }
        }

    @Test
    fun `a provider that announces it hears of the cancellation, once`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice, peer.method("services.s.f", "_rext" to listOf("other", "cancel")))
            val caller = launch { function(1) }
            val call = peer.expect()
            caller.cancelAndJoin()
            val message = peer.expect()
            message.main shouldBe
                mapOf("type" to "method", "from" to "ws/alice", "to" to "ws/peer", "method" to "services.s.f", "session" to call.session)
            message.extra shouldBe takeBack
            shouldSayNothing(peer)
        }

    @Test
    fun `a provider that announces it hears of a timeout`() =
        withScriptedPeer { alice, peer ->
            val function = functionOf(peer, alice, peer.method("services.s.f", "_rext" to listOf("cancel")))
            val caller = launch { runCatching { function() } }
            val call = peer.expect()
            advanceTimeBy(30.seconds)
            caller.join()
            val message = peer.expect()
            message.session shouldBe call.session
            message.extra shouldBe takeBack
        }

    @Test
    fun `other providers hear nothing`() =
        withScriptedPeer { alice, peer ->
            for (extension in listOf(null, emptyList<String>(), listOf("batch"), "cancel", mapOf("cancel" to true))) {
                val method = peer.method("services.s.f") + if (extension == null) emptyMap() else mapOf("_rext" to extension)
                val function = functionOf(peer, alice, method)
                val caller = launch { function() }
                peer.expect()
                caller.cancelAndJoin()
                shouldSayNothing(peer)
            }
        }

    @Test
    fun `functions of this client announce that they can be taken back`() =
        withScriptedPeer { alice, peer ->
            alice.provideWaiting()
            peer.call("services.built-in.get_service", listOf("svc"))
            val service = peer.expect().args.single() as Map<*, *>
            (service["wait"] as Map<*, *>)["_rext"] shouldBe listOf("cancel")
        }

    @Test
    fun `a call can be taken back`() =
        withScriptedPeer { alice, peer ->
            alice.provideWaiting()
            peer.call("services.svc.wait")
            runCurrent()
            peer.send(peer.main("services.svc.wait", "session" to "P1"), takeBack)
            shouldSayNothing(peer)
            steps shouldContainExactly listOf("began", "ended")
        }

    @Test
    fun `a call that is taken back before it began never begins`() =
        withScriptedPeer { alice, peer ->
            alice.provideWaiting()
            peer.call("services.svc.wait")
            peer.send(peer.main("services.svc.wait", "session" to "P1"), takeBack)
            shouldSayNothing(peer)
            steps.shouldBeEmpty()
            alice.statistics.incomingCalls shouldBe 0
        }

    @Test
    fun `nobody can take back the calls of others`() =
        withScriptedPeer { alice, peer ->
            alice.provideWaiting()
            peer.call("services.svc.wait")
            runCurrent()
            peer.send(peer.main("services.svc.wait", "session" to "P1") + ("from" to "ws/eve"), takeBack)
            peer.send(peer.main("services.svc.wait", "session" to "P2"), takeBack)
            peer.send(peer.main("services.svc.wait"), takeBack)
            shouldSayNothing(peer)
            alice.statistics.incomingCalls shouldBe 1
            peer.send(peer.main("services.svc.wait", "session" to "P1"), takeBack)
            runCurrent()
        }

    @Test
    fun `the calls of a client that is gone are cancelled, those of others run on`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            alice.provideWaiting()
            peer.call("services.svc.wait")
            peer.send(peer.main("services.svc.wait", "session" to "E1") + ("from" to "ws/eve"), mapOf("promise" to "*"))
            runCurrent()
            alice.statistics.incomingCalls shouldBe 2
            peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
            runCurrent()
            alice.statistics.incomingCalls shouldBe 1
            peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "ws/eve", "workspace" to "ws")))
            shouldSayNothing(peer)
            steps shouldContainExactly listOf("began", "began", "ended", "ended")
        }

    @Test
    fun `what a handler or a stream does on cancellation does not run on the reader`() =
        withScriptedPeer { alice, peer ->
            val callers = ArrayList<Boolean>()

            suspend fun waitForever(): Int =
                suspendCancellableCoroutine { waiting ->
                    waiting.invokeOnCancellation { callers += Throwable().stackTrace.any { "MessageRouter" in it.className } }
                }
            alice.provideService(service("svc") { function<Unit>("wait") { waitForever() } })
            peer.call("services.svc.wait")
            runCurrent()
            peer.send(peer.main("services.svc.wait", "session" to "P1"), takeBack)
            runCurrent()
            callers shouldContainExactly listOf(false)

            val f = functionOf(peer, alice)
            val result = async { f.call<Int>(flow<Int> { emit(waitForever()) }) }
            val call = peer.expect()
            peer.call((call.args[0] as Map<*, *>)["_rmethod"] as String, parent = call.session)
            runCurrent()
            peer.resolve(call, 1)
            result.await() shouldBe 1
            runCurrent()
            callers shouldContainExactly listOf(false, false)
        }

    @Test
    fun `an upload that is given up while it begins is removed`() =
        withScriptedPeer { alice, peer ->
            val f = functionOf(peer, alice)
            val caller = launch { f(Bytes(ByteArray(600_000))) }
            val create = peer.expect()
            create.method shouldBe "services.built-in.message_cache.create"
            caller.cancelAndJoin()
            // Not before it is there: calls have no order.
            shouldSayNothing(peer)
            peer.resolve(create, null)
            val remove = peer.expect()
            remove.method shouldBe "services.built-in.message_cache.remove"
            remove.args shouldBe create.args.take(1)
        }
}
