package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.functionOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.asByteSource
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import org.junit.jupiter.api.Test

/** Streams of bytes from and to clients of other makes (protocol §4.4). */
class ForeignByteSourcesTest {
    private fun bytes(text: String) = Bytes(text.encodeToByteArray())

    /** What the function of the peer returns. */
    private suspend fun TestScope.received(
        alice: HyphaConnection,
        peer: ScriptedPeer,
        value: Map<String, Any?>,
    ): ByteSource {
        val function = functionOf(peer, alice)
        val result = async { function() }
        peer.resolve(peer.expect(), value)
        return result.await() as ByteSource
    }

    @Test
    fun `a blob of JavaScript is read piece by piece and cannot be closed`() =
        withScriptedPeer { alice, peer ->
            val blob =
                mapOf(
                    "_rtype" to "iostream",
                    "_rnative" to "js:blob",
                    "type" to "text/plain",
                    "name" to null,
                    "size" to 5,
                    "path" to null,
                    "read" to peer.method("S.1", "_rtarget" to "peer", "_rname" to "read", "_rdoc" to "", "_rschema" to null),
                    "seek" to peer.method("S.2", "_rtarget" to "peer", "_rname" to "seek", "_rdoc" to "", "_rschema" to null),
                )
            val source = received(alice, peer, blob)
            listOf(source.name, source.size, source.mediaType, source.isSeekable) shouldBe listOf(null, 5L, "text/plain", true)
            val first = async { source.read(3) }
            val read = peer.expect()
            read.method shouldBe "S.1"
            read.main["to"] shouldBe "ws/peer"
            read.args shouldBe listOf(3L)
            peer.resolve(read, bytes("abc"))
            first.await() shouldBe bytes("abc")
            val seeking = launch { source.seek(1) }
            val seek = peer.expect()
            seek.method shouldBe "S.2"
            seek.args shouldBe listOf(1L)
            peer.resolve(seek, null)
            seeking.join()
            source.close()
        }

    @Test
    fun `a file of Python has more functions than are needed`() =
        withScriptedPeer { alice, peer ->
            val names = listOf("fileno", "seek", "truncate", "detach", "read", "close", "readline", "__enter__", "seekable", "tell")
            val functions = names.associateWith { peer.method("S.x#$it", "_rname" to it) }
            val file = mapOf("_rtype" to "iostream", "_rnative" to "py:<class '_io.BytesIO'>", "closed" to false) + functions
            val source = received(alice, peer, file)
            listOf(source.name, source.size, source.mediaType, source.isSeekable) shouldBe listOf(null, null, null, true)
            val piece = async { source.read(100) }
            val read = peer.expect()
            read.method shouldBe "S.x#read"
            peer.resolve(read, Bytes.Empty)
            piece.await() shouldBe Bytes.Empty
            val closing = launch { source.close() }
            val close = peer.expect()
            close.method shouldBe "S.x#close"
            close.args shouldBe emptyList()
            peer.resolve(close, null)
            closing.join()
        }

    @Test
    fun `a stream without a read function fails when it is read`() =
        withScriptedPeer { alice, peer ->
            val source = received(alice, peer, mapOf("_rtype" to "iostream", "_rnative" to "js:blob"))
            source.isSeekable shouldBe false
            shouldThrow<EncodingException> { source.read(1) }.problem shouldBe "the stream of bytes has no function 'read'"
        }

    /** The map under which a peer gets the bytes `hello world`. */
    private suspend fun ScriptedPeer.openHello(alice: HyphaConnection): Map<*, *> {
        alice.provide { function("open") { bytes("hello world").asByteSource("hello.txt", "text/plain") } }
        call("services.svc.open")
        return expect().args.single() as Map<*, *>
    }

    private suspend fun ScriptedPeer.use(
        stream: Map<*, *>,
        name: String,
        vararg args: Any?,
    ): Any? {
        call((stream[name] as Map<*, *>)["_rmethod"] as String, args.asList())
        val reply = expect()
        return reply.args.single().takeIf { reply.method == "P1.resolve" } ?: reply.method
    }

    @Test
    fun `a source goes out as the map that other clients know`() =
        withScriptedPeer { alice, peer ->
            val stream = peer.openHello(alice)
            stream["_rtype"] shouldBe "iostream"
            stream["_rnative"] shouldBe "jvm:ByteSource"
            listOf(stream["name"], stream["size"], stream["type"]) shouldBe listOf("hello.txt", 11L, "text/plain")
            val read = stream["read"] as Map<*, *>
            listOf("_rtype", "_rtarget", "_rpromise", "_rname").map(read::get) shouldBe listOf("method", "ws/alice", "*", "read")
            peer.use(stream, "close")
        }

    @Test
    fun `without a length everything that is left is read, and with one at most so much`() =
        withScriptedPeer { alice, peer ->
            val stream = peer.openHello(alice)
            peer.use(stream, "read", 4) shouldBe bytes("hell")
            peer.use(stream, "read", 0) shouldBe Bytes.Empty
            peer.use(stream, "read") shouldBe bytes("o world")
            peer.use(stream, "read", 10) shouldBe Bytes.Empty
            peer.use(stream, "seek", 6) shouldBe 6L
            peer.use(stream, "read", -1) shouldBe bytes("world")
            peer.use(stream, "seek", 0, 0) shouldBe 0L
            peer.use(stream, "read", null) shouldBe bytes("hello world")
            peer.use(stream, "close") shouldBe "P1.resolve"
        }

    @Test
    fun `seeking from anywhere but the start is refused instead of misunderstood`() =
        withScriptedPeer { alice, peer ->
            val stream = peer.openHello(alice)
            peer.use(stream, "seek", 0, 2) shouldBe "P1.reject"
            peer.use(stream, "read", 5) shouldBe bytes("hello")
            peer.use(stream, "close")
        }

    @Test
    fun `a closed source is gone`() =
        withScriptedPeer { alice, peer ->
            val stream = peer.openHello(alice)
            alice.statistics.sessions shouldBe 1
            peer.use(stream, "close") shouldBe "P1.resolve"
            alice.statistics.sessions shouldBe 0
            peer.use(stream, "read") shouldBe "P1.reject"
        }
}
