package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ByteSourceSpec :
    FunSpec({
        test("bytes as a source are read piece by piece and end with an empty piece") {
            val source = bytesOf(1, 2, 3, 4, 5).asByteSource("five", "application/x-five")
            source.name shouldBe "five"
            source.mediaType shouldBe "application/x-five"
            source.size shouldBe 5
            source.read(2) shouldBe bytesOf(1, 2)
            source.read(Int.MAX_VALUE) shouldBe bytesOf(3, 4, 5)
            source.read(1) shouldBe Bytes.Empty
            shouldThrow<IllegalArgumentException> { source.read(0) }
        }

        test("they can seek, also beyond their end") {
            val source = bytesOf(1, 2, 3).asByteSource()
            source.isSeekable shouldBe true
            source.seek(2)
            source.read(5) shouldBe bytesOf(3)
            source.seek(0)
            source.read(1) shouldBe bytesOf(1)
            source.seek(Long.MAX_VALUE)
            source.read(1) shouldBe Bytes.Empty
            shouldThrow<IllegalArgumentException> { source.seek(-1) }
        }

        test("a source says by itself that it cannot seek") {
            val source = SlowSource(3)
            source.isSeekable shouldBe false
            source.name shouldBe null
            source.size shouldBe null
            source.mediaType shouldBe null
            shouldThrow<UnsupportedOperationException> { source.seek(0) }
        }

        test("reading all joins the pieces, up to a limit") {
            SlowSource(5).readAll() shouldBe bytesOf(1, 1, 1, 1, 1)
            SlowSource(0).readAll() shouldBe Bytes.Empty
            SlowSource(5).readAll(limit = 5).size shouldBe 5
            shouldThrow<EncodingException> { SlowSource(5).readAll(limit = 4) }
        }
    })

/** Has [bytes] bytes and gives one at a time. */
private class SlowSource(
    private val bytes: Int,
) : ByteSource {
    private var given = 0

    override suspend fun read(size: Int): Bytes = if (given++ < bytes) bytesOf(1) else Bytes.Empty

    override suspend fun close() {
        // Holds nothing.
    }
}
