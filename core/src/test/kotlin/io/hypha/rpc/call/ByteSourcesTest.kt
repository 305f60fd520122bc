package io.hypha.rpc.call

import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.asByteSource
import io.hypha.rpc.value.readAll
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration.Companion.minutes

@OptIn(ExperimentalCoroutinesApi::class)
class ByteSourcesTest {
    private val content = Bytes(Random(7).nextBytes(700_000))

    /** The content in a source that writes down what is asked of it. */
    private class Watched(
        content: Bytes,
        private val source: ByteSource = content.asByteSource("scan.raw", "image/x-raw"),
    ) : ByteSource by source {
        val steps = mutableListOf<String>()

        override suspend fun read(size: Int): Bytes = source.read(size).also { steps += "read $size: ${it.size}" }

        override suspend fun close() {
            steps += "close"
        }
    }

    @Serializable
    private class Upload(
        val name: String,
        val data: ByteSource,
    )

    @Test
    fun `an argument is read in the pieces that the reader asks for`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("sizes", param("data")) { data: ByteSource ->
                    listOf(data.read(10), data.read(1000), data.read(1), data.read(1_000_000), data.read(5)).map { it.size }
                }
            }
            val source = Watched(content.slice(0, 5000))
            alice.serviceOf("bob").call<List<Int>>("sizes", source) shouldBe listOf(10, 1000, 1, 3989, 0)
            source.steps shouldContainExactly listOf("read 10: 10", "read 1000: 1000", "read 1: 1", "read 1000000: 3989", "read 5: 0")
        }

    @Test
    fun `what is known of a source is known to its reader`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("about", param("data")) { data: ByteSource -> listOf(data.name, data.size, data.mediaType, data.isSeekable) }
            }
            val service = alice.serviceOf("bob")
            service.call<List<Any?>>("about", Watched(content)) shouldBe listOf("scan.raw", 700_000L, "image/x-raw", true)
            val anonymous =
                object : ByteSource {
                    override suspend fun read(size: Int): Bytes = Bytes.Empty

                    override suspend fun close() = Unit
                }
            service.call<List<Any?>>("about", anonymous) shouldBe listOf(null, null, null, false)
        }

    @Test
    fun `a source can be read to its end, whatever its size, and again from any place`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("check", param("data")) { data: ByteSource ->
                    val all = data.readAll()
                    data.seek(690_000)
                    val rest = data.readAll()
                    all == content && rest == content.slice(690_000)
                }
            }
            alice.serviceOf("bob").call<Boolean>("check", Watched(content)) shouldBe true
        }

    @Test
    fun `closing a result closes its source and frees the session, and doing so again does nothing`() =
        withTwoClients { alice, bob ->
            val source = Watched(content)
            bob.provide { function("open") { source as ByteSource } }
            val received = alice.serviceOf("bob").call<ByteSource>("open")
            received.read(100) shouldBe content.slice(0, 100)
            bob.statistics.sessions shouldBe 1
            received.close()
            received.close()
            source.steps.last() shouldBe "close"
            source.steps.count { it == "close" } shouldBe 1
            bob.statistics.sessions shouldBe 0
        }

    @Test
    fun `a result that nobody reads any more is closed after ten idle minutes`() =
        withTwoClients { alice, bob ->
            val source = Watched(content)
            bob.provide { function("open") { source as ByteSource } }
            val received = alice.serviceOf("bob").call<ByteSource>("open")
            advanceTimeBy(9.minutes)
            received.read(1)
            advanceTimeBy(9.minutes)
            received.read(1)
            source.steps.contains("close") shouldBe false
            advanceTimeBy(15.minutes)
            runCurrent()
            source.steps.last() shouldBe "close"
            bob.statistics.sessions shouldBe 0
        }

    @Test
    fun `a result is closed when this client closes`() =
        withTwoClients { alice, bob ->
            val source = Watched(content)
            bob.provide { function("open") { source as ByteSource } }
            alice.serviceOf("bob").call<ByteSource>("open")
            bob.close()
            bob.awaitClosed()
            source.steps shouldContainExactly listOf("close")
        }

    @Test
    fun `an argument stays open after the call, for its owner may go on with it`() =
        withTwoClients { alice, bob ->
            bob.provide { function("peek", param("data")) { data: ByteSource -> data.read(3).size } }
            val source = Watched(content)
            alice.serviceOf("bob").call<Int>("peek", source) shouldBe 3
            runCurrent()
            source.steps shouldContainExactly listOf("read 3: 3")
            source.read(2) shouldBe content.slice(3, 5)
        }

    @Test
    fun `a reader may close an argument`() =
        withTwoClients { alice, bob ->
            bob.provide { function("finish", param("data")) { data: ByteSource -> data.close() } }
            val source = Watched(content)
            alice.serviceOf("bob").call<Unit>("finish", source)
            source.steps shouldContainExactly listOf("close")
        }

    @Test
    fun `a source that fails says why to its reader`() =
        withTwoClients { alice, bob ->
            bob.provide { function("read", param("data")) { data: ByteSource -> data.read(1).size } }
            val broken =
                object : ByteSource {
                    override suspend fun read(size: Int): Bytes = throw IllegalStateException("disk on fire")

                    override suspend fun close() = Unit
                }
            val failure = shouldThrow<RemoteException> { alice.serviceOf("bob").call<Int>("read", broken) }
            failure.message shouldContain "disk on fire"
        }

    @Test
    fun `a source that cannot seek says so`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("rewind", param("data")) { data: ByteSource ->
                    runCatching { data.seek(0) }.exceptionOrNull() is UnsupportedOperationException
                }
            }
            val forward =
                object : ByteSource {
                    override suspend fun read(size: Int): Bytes = Bytes.Empty

                    override suspend fun close() = Unit
                }
            alice.serviceOf("bob").call<Boolean>("rewind", forward) shouldBe true
        }

    @Test
    fun `a received source can be passed on and is then read through this client`() =
        withTwoClients { alice, bob ->
            alice.provide { function("hash", param("data")) { data: ByteSource -> data.readAll().hashCode() } }
            bob.provide { function("relay", param("data")) { data: ByteSource -> bob.serviceOf("alice").call<Int>("hash", data) } }
            alice.serviceOf("bob").call<Int>("relay", Watched(content)) shouldBe content.hashCode()
        }

    @Test
    fun `a source may be a member of a class, and plain bytes will do for one`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("keep", param("upload")) { upload: Upload -> "${upload.name}: ${upload.data.readAll().size}" }
                function("count", param("data")) { data: ByteSource -> data.readAll().size }
            }
            val service = alice.serviceOf("bob")
            service.call<String>("keep", Upload("scan", Watched(content))) shouldBe "scan: 700000"
            service.call<Int>("count", byteArrayOf(1, 2, 3)) shouldBe 3
        }
}
