package io.hypha.rpc.jvm

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.asByteSource
import io.hypha.rpc.value.readAll
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import java.io.ByteArrayInputStream
import java.io.IOException
import java.io.InputStream
import java.io.InterruptedIOException
import java.util.concurrent.CountDownLatch

class StreamBridgeSpec :
    FunSpec({
        test("a stream is read to its end, with the metadata given") {
            val source = ByteArrayInputStream(byteArrayOf(1, 2, 3)).asByteSource("a.bin", 3, "application/octet-stream")
            source.name shouldBe "a.bin"
            source.size shouldBe 3
            source.mediaType shouldBe "application/octet-stream"
            source.isSeekable shouldBe false
            source.read(2).toByteArray() shouldBe byteArrayOf(1, 2)
            source.read(2).toByteArray() shouldBe byteArrayOf(3)
            source.read(2) shouldBe Bytes.Empty
            shouldThrow<IllegalArgumentException> { source.read(0) }
        }

        test("a peer that asks for everything at once gets it in pieces of bounded size") {
            val source = ByteArrayInputStream(ByteArray(3 shl 20)).asByteSource()
            source.read(Int.MAX_VALUE).size shouldBe (1 shl 20)
            source.readAll().size shouldBe (2 shl 20)
        }

        test("closing the source closes the stream") {
            val stream = ClosingStream()
            stream.asByteSource().close()
            stream.isClosed shouldBe true
        }

        test("a reader that goes away interrupts the blocked read") {
            val reading = CountDownLatch(1)
            val interrupted = CompletableDeferred<Boolean>()
            val stream =
                object : InputStream() {
                    override fun read(): Int {
                        reading.countDown()
                        try {
                            CountDownLatch(1).await()
                        } catch (e: InterruptedException) {
                            interrupted.complete(true)
                            throw InterruptedIOException()
                        }
                        return -1
                    }
                }
            val reader = launch { stream.asByteSource().read(1) }
            launch(kotlinx.coroutines.Dispatchers.IO) { reading.await() }.join()
            reader.cancelAndJoin()
            interrupted.await() shouldBe true
        }

        test("a source is a stream that reads by byte and by array, and ends with -1") {
            val stream = Bytes(byteArrayOf(1, -1, 3, 4, 5)).asByteSource().asInputStream(bufferSize = 2)
            stream.read() shouldBe 1
            stream.available() shouldBe 1
            stream.read() shouldBe 255
            val target = ByteArray(4)
            stream.read(target, 1, 3) shouldBe 2
            target shouldBe byteArrayOf(0, 3, 4, 0)
            stream.read(target, 0, 0) shouldBe 0
            stream.readBytes() shouldBe byteArrayOf(5)
            stream.read() shouldBe -1
            stream.read(target) shouldBe -1
            shouldThrow<IndexOutOfBoundsException> { stream.read(target, 2, 3) }
            shouldThrow<IllegalArgumentException> { Bytes.Empty.asByteSource().asInputStream(0) }
        }

        test("problems of the source are IO problems of the stream") {
            val gone = PeerGoneException("the peer left")
            val stream = FailingSource(gone).asInputStream()
            val failure = shouldThrow<IOException> { stream.read() }
            failure.cause shouldBeSameInstanceAs gone
            failure.message shouldBe "the peer left"
        }

        test("an interrupted thread stops waiting for the source") {
            val stream = FailingSource(null).asInputStream()
            Thread.currentThread().interrupt()
            shouldThrow<InterruptedIOException> { stream.read() }
            Thread.interrupted() shouldBe true
        }

        test("closing the stream closes the source") {
            val source = FailingSource(null)
            source.asInputStream().close()
            source.isClosed shouldBe true
        }
    })

private class ClosingStream : InputStream() {
    var isClosed = false

    override fun read(): Int = -1

    override fun close() {
        isClosed = true
    }
}

/** Throws [failure], or waits for ever without one. */
private class FailingSource(
    private val failure: Exception?,
) : ByteSource {
    var isClosed = false

    override suspend fun read(size: Int): Bytes {
        failure?.let { throw it }
        return CompletableDeferred<Bytes>().await()
    }

    override suspend fun close() {
        isClosed = true
    }
}
