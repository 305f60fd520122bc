package io.hypha.rpc.call

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.frame
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.packed
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes

/** Whatever arrives, it ends one call at most, never the connection. */
@OptIn(ExperimentalCoroutinesApi::class)
class BrokenMessagesTest {
    private val mirror = service("mirror") { function("echo", param("value")) { value: Any? -> value } }

    private val payload = packed(mapOf("args" to listOf("hello")) + shortPromise)

    private suspend fun ScriptedPeer.shouldStillBeServed() {
        sendBytes(frame(main("services.mirror.echo", "session" to "P1"), payload))
        expectResult() shouldBe "hello"
    }

    @Test
    fun `frames that cannot be read are dropped`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            val whole = frame(peer.main("services.mirror.echo", "session" to "P1"))
            for (size in 0 until whole.size) peer.sendBytes(whole.copyOf(size))
            peer.sendBytes(byteArrayOf(0xc1.toByte()))
            peer.sendBytes(packed("text"))
            peer.sendBytes(packed(listOf(1, 2)))
            peer.sendBytes(byteArrayOf(0xdf.toByte(), -1, -1, -1, -1))
            peer.expectNothing()
            peer.shouldStillBeServed()
        }

    @Test
    fun `a server that sends garbage without end costs one warning at first, and then one a minute that counts it`() {
        val warnings = ArrayList<String>()
        withScriptedPeer({
            logger = HyphaLogger { level, message, _ -> if (level == HyphaLogger.Level.Warn) warnings += message }
            pingInterval = Duration.INFINITE
        }) { _, peer ->
            repeat(100) { peer.sendBytes(packed("text")) }
            runCurrent()
            warnings.size shouldBe 1
            warnings.single() shouldStartWith "a message that cannot be read was dropped: "
            repeat(3) {
                advanceTimeBy(1.minutes)
                repeat(50) { peer.sendBytes(packed("text")) }
                runCurrent()
            }
            warnings.size shouldBe 4
            warnings.drop(1).map { it.substringAfter("; ") } shouldBe
                listOf("99 more since the last such warning", "49 more since the last such warning", "49 more since the last such warning")
        }
    }

    @Test
    fun `headers without what a call needs, or with something else in its place, are dropped`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            val main = peer.main("services.mirror.echo", "session" to "P1")
            for (key in listOf("type", "from", "method")) peer.sendBytes(frame(main - key, payload))
            for (key in listOf("type", "from", "to", "method", "session", "parent", "ws")) peer.sendBytes(frame(main + (key to 5), payload))
            peer.sendBytes(frame(main + ("user" to "root"), payload))
            peer.expectNothing()
            peer.shouldStillBeServed()
        }

    @Test
    fun `a payload that is cut off anywhere is refused to its session`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            for (size in 1 until payload.size) {
                peer.sendBytes(frame(peer.main("services.mirror.echo", "session" to "P1"), payload.copyOf(size)))
                peer.expectRejection() shouldContain "ValueError: "
            }
            peer.shouldStillBeServed()
        }

    @Test
    fun `a payload that cannot be read and has no session is dropped`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            peer.sendBytes(frame(peer.main("services.mirror.echo"), payload.copyOf(5)))
            peer.sendBytes(frame(peer.main("services.mirror.echo"), packed(listOf(1))))
            peer.expectNothing()
            peer.shouldStillBeServed()
        }

    @Test
    fun `bytes after the payload are ignored`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            peer.sendBytes(frame(peer.main("services.mirror.echo", "session" to "P1"), payload + byteArrayOf(0xc1.toByte(), 1, 2)))
            peer.expectResult() shouldBe "hello"
        }

    @Test
    fun `arguments that are no list are none`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            peer.send(peer.main("services.mirror.echo", "session" to "P1"), mapOf("args" to "hello") + shortPromise)
            peer.expectResult() shouldBe null
        }

    @Test
    fun `an argument that makes no sense is refused with its place`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            val broken = mapOf("_rtype" to "ndarray", "_rvalue" to ByteArray(3), "_rshape" to listOf(2), "_rdtype" to "float64")
            peer.call("services.mirror.echo", listOf(mapOf("image" to broken)))
            peer.expectRejection() shouldContain "TypeError: args[0].image"
            peer.call("services.mirror.echo", listOf(mapOf("f" to mapOf("_rtype" to "method"))))
            peer.expectRejection() shouldContain "a received function has no '_rmethod'"
            peer.shouldStillBeServed()
        }

    @Test
    fun `arguments nested beyond the limit are refused`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(mirror)
            val deep = ByteArray(200) { 0x91.toByte() } + packed(null)
            val payload = byteArrayOf(0x83.toByte()) + packed("args") + deep + packed("promise") + packed("*") + packed("t") + packed(15.0)
            peer.sendBytes(frame(peer.main("services.mirror.echo", "session" to "P1"), payload))
            peer.expectRejection() shouldContain "ValueError: "
            peer.shouldStillBeServed()
        }

    @Test
    fun `a reply that cannot be read fails its call at once`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            for (reply in listOf("resolve", "reject")) {
                supervisorScope {
                    val result = async { service.call<Any?>("f") }
                    val call = peer.expect()
                    val main = peer.main("${call.session}.$reply", "parent" to call.session)
                    peer.sendBytes(frame(main + ("from" to "ws/eve"), packed(mapOf("args" to listOf(1))).copyOf(4)))
                    peer.sendBytes(frame(main, packed(mapOf("args" to listOf(1))).copyOf(6)))
                    shouldThrow<ProtocolException> { result.await() }
                }
                currentTime shouldBe 0
            }
        }

    @Test
    fun `an unreadable heartbeat or callback leaves the call alone`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Any?>("f") }
            val call = peer.expect()
            peer.sendBytes(frame(peer.main("${call.session}.heartbeat", "parent" to call.session), packed("x").copyOf(1)))
            peer.sendBytes(frame(peer.main("${call.session}.f", "parent" to call.session), packed("x").copyOf(1)))
            peer.resolve(call, 1)
            result.await() shouldBe 1
        }
}
