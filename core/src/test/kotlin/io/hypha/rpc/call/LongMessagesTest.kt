package io.hypha.rpc.call

import io.hypha.rpc.testing.WatchedClient
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withWatchedClients
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.random.Random

/** Messages that are longer than one frame may be, between two clients of this library. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongMessagesTest {
    private val piece = 262_144
    private val longest = piece + 1024

    private fun bytes(size: Int) = Bytes(Random(size).nextBytes(size))

    private fun WatchedClient.created() = link.sent.filter { it.method.endsWith("message_cache.create") }.map { it.args[0] }

    private fun WatchedClient.pieces() = link.sent.filter { it.method.endsWith("message_cache.set") }

    private fun withEcho(test: suspend TestScope.(alice: WatchedClient, bob: WatchedClient) -> Unit) =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function("echo", param("value")) { value: Any? -> value } }
            test(alice, bob)
            // Whatever was sent, no frame was longer than the limit.
            (alice.link.sizes + bob.link.sizes).max() shouldBeLessThanOrEqual longest
        }

    @Test
    fun `a message is cut when it is longer than a piece and a kibibyte, and not before`() =
        withEcho { alice, _ ->
            val echo = alice.connection.serviceOf("bob")["echo"]
            echo(bytes(200_000))
            val overhead = alice.link.sizes.last() - 200_000
            val most = longest - overhead
            echo(bytes(most)) shouldBe bytes(most)
            alice.link.sizes.last() shouldBe longest
            alice.created().size shouldBe 0
            echo(bytes(most + 1)) shouldBe bytes(most + 1)
            alice.created().size shouldBe 1
            alice.pieces().map { (it.args[2] as Bytes).size } shouldBe listOf(piece, 1025)
        }

    @Test
    fun `long arguments and long results arrive as they were`() =
        withEcho { alice, bob ->
            val service = alice.connection.serviceOf("bob")
            service.call<Bytes>("echo", bytes(3_000_000)) shouldBe bytes(3_000_000)
            alice.pieces().map { it.args[1] } shouldBe (0L..11L).toList()
            bob.pieces().size shouldBe 12
            val text = "ä€𝄞".repeat(100_000)
            service.call<String>("echo", kwargs = mapOf("value" to text)) shouldBe text
        }

    @Test
    fun `an array of eight mebibytes arrives element by element`() =
        withEcho { alice, _ ->
            val array = NDArray.of(DoubleArray(1 shl 20) { it * 0.5 - 7 }, 1024, 1024)
            val back = alice.connection.serviceOf("bob").call<NDArray>("echo", array)
            back shouldBe array
            back.shape.toList() shouldBe listOf(1024, 1024)
        }

    @Test
    fun `every long message has a key of its own`() =
        withEcho { alice, bob ->
            val echo = alice.connection.serviceOf("bob")["echo"]
            val sizes = (1..6).map { 300_000 + it }
            coroutineScope { sizes.map { async { echo(bytes(it)) shouldBe bytes(it) } }.awaitAll() }
            alice.created().toSet().size shouldBe 6
            bob.created().toSet().size shouldBe 6
        }

    @Test
    fun `long callbacks of one session do not get into each other's way`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function<RemoteFunction, List<Bytes>>("both", param("back")) { back ->
                    coroutineScope { listOf(400_000, 500_000).map { async { back.call<Bytes>(bytes(it)) } }.awaitAll() }
                }
            }
            val back = callback { given: Bytes -> given }
            val sizes = alice.connection.serviceOf("bob").call<List<Bytes>>("both", back)
            sizes shouldBe listOf(bytes(400_000), bytes(500_000))
            // Neither the session of the call nor that of a callback is the key (protocol §6.3).
            bob.created().forEach { key ->
                alice.link.sent.map { it.main["session"] } shouldNotContain key
            }
        }

    @Test
    fun `a reply does not overtake a long callback before it`() =
        withWatchedClients { alice, bob ->
            val order = mutableListOf<String>()
            bob.connection.provide {
                function<RemoteFunction, String>("tell", param("back")) { back ->
                    back(bytes(1_000_000))
                    "done"
                }
            }
            val back = callback<Bytes, Unit> { order += "callback of ${it.size}" }
            order += alice.connection.serviceOf("bob").call<String>("tell", back)
            order shouldBe listOf("callback of 1000000", "done")
        }

    @Test
    fun `items of streams may be long in both directions`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide {
                function("blocks", param("sizes")) { sizes: List<Int> -> flow { for (size in sizes) emit(bytes(size)) } }
                function("measure", param("blocks")) { blocks: Flow<Bytes> -> blocks.toList().map { it.size } }
            }
            val service = alice.connection.serviceOf("bob")
            val sizes = listOf(1_000_000, 10, 300_000)
            service.stream<Bytes>("blocks", sizes).toList() shouldBe sizes.map(::bytes)
            service.call<List<Int>>("measure", flow { for (size in sizes) emit(bytes(size)) }) shouldBe sizes
            runCurrent()
            bob.connection.statistics.longMessages shouldBe 0
        }
}
