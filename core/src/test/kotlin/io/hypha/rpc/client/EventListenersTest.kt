package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.value.codec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Which listener gets which event, and in which order (protocol §10.1). */
@OptIn(ExperimentalCoroutinesApi::class)
class EventListenersTest {
    @Test
    fun `listeners take turns in the order of their registration, event by event`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<String>()
            alice.on("x") { heard += "first ${it.data}" }
            alice.once("x") { heard += "once ${it.data}" }
            alice.on("x") { heard += "last ${it.data}" }
            alice.on("y") { heard += "y" }
            alice.emit("x", 1)
            alice.emit("x", 2)
            runCurrent()
            heard shouldContainExactly listOf("first 1", "once 1", "last 1", "first 2", "last 2")
        }

    @Test
    fun `a listener that is disposed while an event is handed out gets it no more`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<String>()
            lateinit var second: EventListener
            alice.on("x") {
                heard += "first"
                second.dispose()
            }
            second = alice.on("x") { heard += "second" }
            alice.emit("x")
            runCurrent()
            second.dispose()
            heard shouldContainExactly listOf("first")
        }

    @Test
    fun `a listener gets no event that arrived before it was registered`() =
        withScriptedPeer { alice, _ ->
            val gate = CompletableDeferred<Unit>()
            val heard = ArrayList<Any?>()
            alice.on("x") { gate.await() }
            alice.emit("x", 1)
            alice.emit("x", 2)
            alice.on("x") { heard += it.data }
            alice.emit("x", 3)
            gate.complete(Unit)
            runCurrent()
            heard shouldContainExactly listOf(3)
        }

    @Test
    fun `an error of a listener costs it that event and nothing else`() {
        val logged = ArrayList<Throwable?>()
        withScriptedPeer({
            logger =
                HyphaLogger { level, _, cause ->
                    if (level ==
                        HyphaLogger.Level.Error
                    ) {
                        logged += cause
                    }
                }
        }) { alice, _ ->
            val heard = ArrayList<Any?>()
            val errors = listOf(StackOverflowError("deep"), NoClassDefFoundError("lost"), AssertionError("wrong"))
            for (error in errors) {
                alice.on("x") { throw error }
                alice.on("x") { heard += it.data }
            }
            alice.emit("x", 1)
            alice.emit("x", 2)
            runCurrent()
            heard shouldContainExactly listOf(1, 1, 1, 2, 2, 2)
            logged shouldContainExactly errors + errors
        }
    }

    @Test
    fun `an error of a codec costs the event that it decodes and nothing else`() {
        class Broken
        val broken = codec<Broken>("broken", decoder = { throw NoClassDefFoundError("lost") })
        withScriptedPeer({ codecs = listOf(broken) }) { alice, peer ->
            val heard = ArrayList<Any?>()
            alice.on("x") { heard += it.data }
            peer.send(mapOf("type" to "x", "data" to mapOf("_rtype" to "broken")))
            peer.send(mapOf("type" to "x", "data" to 2))
            runCurrent()
            heard shouldContainExactly listOf(2L)
        }
    }

    @Test
    fun `a logger that fails as well changes nothing for the listeners`() =
        withScriptedPeer({ logger = HyphaLogger { _, _, _ -> error("the disk is full") } }) { alice, _ ->
            val heard = ArrayList<Any?>()
            alice.on("x") { if (it.data == 1) error("on purpose") }
            alice.on("x") { heard += it.data }
            alice.emit("x", 1)
            alice.emit("x", 2)
            runCurrent()
            heard shouldContainExactly listOf(1, 2)
        }

    @Test
    fun `removing all listeners leaves those who collect or wait`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<Any?>()
            alice.on("x") { heard += it.data }
            alice.on("y") { heard += it.data }
            val collected =
                async {
                    alice
                        .events("x")
                        .map { it.data }
                        .take(1)
                        .toList()
                }
            runCurrent()
            alice.off("x")
            alice.emit("x", 1)
            alice.emit("y", 2)
            collected.await() shouldBe listOf(1)
            alice.off()
            alice.emit("y", 3)
            runCurrent()
            heard shouldContainExactly listOf(2)
        }

    @Test
    fun `a collector listens from the moment at which it starts, without suspending first`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<Any?>()
            val collecting = launch(start = CoroutineStart.UNDISPATCHED) { alice.events("x").collect { heard += it.data } }
            alice.emit("x", 1)
            runCurrent()
            collecting.cancel()
            heard shouldContainExactly listOf(1)
        }

    @Test
    fun `a slow collector holds up nobody, and a slow handler not the connection`() =
        withScriptedPeer { alice, peer ->
            val gate = CompletableDeferred<Unit>()
            val heard = ArrayList<Any?>()
            val slow = launch(start = CoroutineStart.UNDISPATCHED) { alice.events("x").collect { gate.await() } }
            alice.on("x") { heard += it.data }
            repeat(3000) {
                alice.emit("x", it)
                runCurrent()
            }
            heard.size shouldBe 3000
            slow.cancel()
            alice.on("y") { gate.await() }
            alice.emit("y")
            val ping = async { alice.ping("peer") }
            peer.resolve(peer.expect(), "pong")
            ping.await()
            gate.complete(Unit)
        }
}
