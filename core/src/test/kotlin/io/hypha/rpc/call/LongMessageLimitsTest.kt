package io.hypha.rpc.call

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.testing.cache
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TestTimeSource

/** What arriving messages may cost. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongMessageLimitsTest {
    private val time = TestTimeSource()

    private fun receiver(
        messages: Int = 256,
        bytes: Long = 10_000,
    ) = LongMessageReceiver("ws/alice", messages, bytes, 5.minutes, time)

    private fun bytes(size: Int) = Bytes(ByteArray(size))

    @Test
    fun `no more than so many messages arrive at a time`() {
        val receiver = receiver(messages = 2)
        receiver.create("ws/a", "1", overwrite = false)
        receiver.create("ws/b", "1", overwrite = false)
        shouldThrow<OverloadedException> { receiver.create("ws/a", "2", overwrite = false) }
        receiver.create("ws/a", "1", overwrite = true)
        receiver.remove("ws/b", "1")
        receiver.create("ws/a", "2", overwrite = false)
        receiver.count().messages shouldBe 2
    }

    @Test
    fun `messages that nothing came of for five minutes make room`() {
        val receiver = receiver(messages = 2)
        receiver.create("ws/a", "old", overwrite = false)
        receiver.create("ws/a", "live", overwrite = false)
        time += 4.minutes
        receiver.set("ws/a", "live", 0, bytes(1))
        time += 1.minutes
        receiver.create("ws/a", "new", overwrite = false)
        receiver.count().messages shouldBe 2
        receiver.append("ws/a", "live", bytes(1))
        shouldThrow<Exception> { receiver.append("ws/a", "old", bytes(1)) }
    }

    @Test
    fun `all messages together hold no more than so many bytes, and the one that would hold more is dropped`() {
        val receiver = receiver(bytes = 10_000)
        receiver.create("ws/a", "1", overwrite = false)
        receiver.create("ws/b", "2", overwrite = false)
        receiver.set("ws/a", "1", 0, bytes(6_000))
        shouldThrow<OverloadedException> { receiver.set("ws/b", "2", 0, bytes(4_000)) }
        receiver.count().messages shouldBe 1
        // Its bytes count no longer, and replaced pieces count once.
        receiver.set("ws/a", "1", 0, bytes(8_000))
        receiver.set("ws/a", "1", 0, bytes(100))
        receiver.create("ws/b", "3", overwrite = false)
        receiver.set("ws/b", "3", 0, bytes(9_000))
        receiver.clear()
        receiver.create("ws/b", "4", overwrite = false)
        receiver.set("ws/b", "4", 0, bytes(9_900))
    }

    @Test
    fun `a message that goes on after a long pause does not count as given up`() {
        val receiver = receiver(bytes = 10_000)
        receiver.create("ws/a", "1", overwrite = false)
        receiver.set("ws/a", "1", 0, bytes(6_000))
        receiver.create("ws/b", "2", overwrite = false)
        time += 6.minutes
        receiver.set("ws/b", "2", 0, bytes(6_000))
        receiver.count().messages shouldBe 1
        receiver.remove("ws/b", "2")
        // Nothing is left that counts.
        receiver.create("ws/b", "3", overwrite = false)
        receiver.set("ws/b", "3", 0, bytes(9_900))
    }

    @Test
    fun `a flood of empty pieces is bounded as well`() {
        val receiver = receiver(bytes = 10_000)
        receiver.create("ws/a", "1", overwrite = false)
        val refused = (0..1000).firstOrNull { runCatching { receiver.set("ws/a", "1", it, Bytes.Empty) }.isFailure }
        refused shouldBe 136
    }

    @Test
    fun `the limit of bytes is an option, and its refusal is named`() =
        withScriptedPeer({ maxLongMessageBytes = 2000 }) { alice, peer ->
            peer.cache("create", "K")
            peer.cache("set", "K", 0, bytes(1000)) shouldBe null
            peer.cache("set", "K", 1, bytes(1000)) shouldStartWith "OverloadedError:"
            alice.statistics.longMessages shouldBe 0
        }

    @Test
    fun `what nobody completes is forgotten in time`() =
        withScriptedPeer { alice, peer ->
            peer.cache("create", "K")
            advanceTimeBy(4.minutes)
            alice.statistics.longMessages shouldBe 1
            advanceTimeBy(6.minutes)
            runCurrent()
            alice.statistics.longMessages shouldBe 0
        }

    @Test
    fun `what a client that is gone left unfinished is forgotten at once`() =
        withScriptedPeer({ callerGrace = Duration.ZERO }) { alice, peer ->
            peer.cache("create", "K")
            peer.cache("set", "K", 0, bytes(1000))
            peer.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to "peer", "workspace" to "ws")))
            runCurrent()
            alice.statistics.longMessages shouldBe 0
        }

    @Test
    fun `of two hundred and fifty-six messages at a time, one client begins seven eighths`() =
        withScriptedPeer { alice, peer ->
            repeat(224) { peer.cache("create", "K$it") shouldBe null }
            peer.cache("create", "K224") shouldStartWith "OverloadedError:"
            alice.statistics.longMessages shouldBe 224
            advanceTimeBy(10.minutes)
            runCurrent()
        }

    @Test
    fun `a client that floods leaves the others room for theirs`() {
        val receiver = receiver(messages = 64, bytes = 1_000_000)
        val floods =
            (0..1000).count { runCatching { receiver.create("ws/eve", "$it", overwrite = false) }.isSuccess } +
                (0..1000).count { runCatching { receiver.create("ws/mallory", "$it", overwrite = false) }.isSuccess }
        floods shouldBe 63
        receiver.create("ws/a", "1", overwrite = false)
        for (piece in 0..1000) if (runCatching { receiver.append("ws/eve", "0", bytes(10_000)) }.isFailure) break
        receiver.set("ws/a", "1", 0, bytes(100_000))
        receiver.take("ws/a", "1").size shouldBe 100_000
    }

    @Test
    fun `the key of a message is a name, not a message`() =
        withScriptedPeer { alice, peer ->
            val long = "k".repeat(1_000_000)
            for (function in listOf("create", "process", "remove")) {
                peer.cache(function, long) shouldBe "TypeError: the key of a long message cannot have 1000000 characters"
            }
            peer.cache("create", long, true)!!.length shouldBe "IllegalArgumentException: session does not exist anymore: ".length + 4096
            alice.statistics.longMessages shouldBe 0
        }
}
