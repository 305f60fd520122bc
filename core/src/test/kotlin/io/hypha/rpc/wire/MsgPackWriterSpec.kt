package io.hypha.rpc.wire

import io.hypha.rpc.EncodingException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe

class MsgPackWriterSpec :
    FunSpec({
        test("the frame of the protocol's appendix B comes out byte for byte") {
            val frame =
                written {
                    RoutingHeader("method", to = "w/c", method = "s.f").write(this)
                    PlainValues.write(this, mapOf("args" to listOf(1, 2.5, "x", Bytes(bytesOf(1)), null, true)))
                }
            frame shouldBe
                hex(
                    """
                    83 a4 74 79 70 65 a6 6d 65 74 68 6f 64 a2 74 6f a3 77 2f 63 a6 6d 65 74 68 6f 64 a3 73 2e 66
                    81 a4 61 72 67 73 96 01 cb 40 04 00 00 00 00 00 00 a1 78 c4 01 01 c0 c3
                    """,
                )
        }

        test("integers take their shortest form") {
            val forms =
                mapOf(
                    0L to "00",
                    127L to "7f",
                    128L to "cc80",
                    255L to "ccff",
                    256L to "cd0100",
                    65535L to "cdffff",
                    65536L to "ce00010000",
                    4294967295L to "ceffffffff",
                    4294967296L to "cf0000000100000000",
                    9007199254740991L to "cf001fffffffffffff",
                    Long.MAX_VALUE to "cf7fffffffffffffff",
                    -1L to "ff",
                    -32L to "e0",
                    -33L to "d0df",
                    -128L to "d080",
                    -129L to "d1ff7f",
                    -32768L to "d18000",
                    -32769L to "d2ffff7fff",
                    -2147483648L to "d280000000",
                    -2147483649L to "d3ffffffff7fffffff",
                    Long.MIN_VALUE to "d38000000000000000",
                )
            for ((value, form) in forms) withClue(value) { written { writeLong(value) } shouldBe hex(form) }
            written { writeULong(ULong.MAX_VALUE) } shouldBe hex("cfffffffffffffffff")
            written { writeULong(200u) } shouldBe hex("ccc8")
        }

        test("floats are float64 always, also whole ones, and keep their bits") {
            written { writeDouble(1.0) } shouldBe hex("cb3ff0000000000000")
            written { writeDouble(-0.0) } shouldBe hex("cb8000000000000000")
            written { writeDouble(Double.fromBits(0x7ff80000deadbeef)) } shouldBe hex("cb7ff80000deadbeef")
        }

        test("timestamps take their shortest form") {
            written { writeTimestamp(WireTimestamp(0, 0)) } shouldBe hex("d6ff00000000")
            written { writeTimestamp(WireTimestamp(1, 234_000_000)) } shouldBe hex("d7ff37ca3a0000000001")
            written { writeTimestamp(WireTimestamp(-1, 5)) } shouldBe hex("c70cff00000005ffffffffffffffff")
        }

        test("headers and text sizes around every border are those of an independent encoder") {
            for (size in listOf(0, 1, 15, 16, 31, 32, 255, 256, 257, 65535, 65536)) {
                withClue(size) {
                    val texts = listOf("x".repeat(size), "é".repeat(size), "x".repeat(size) + "é")
                    for (text in texts) encoded(text) shouldBe MsgPackCore.encode(text)
                    val list = List(size) { null }
                    encoded(list) shouldBe MsgPackCore.encode(list)
                    val map = (0 until size).associate { it.toString() to true }
                    encoded(map) shouldBe MsgPackCore.encode(map)
                    val bytes = Bytes(ByteArray(size))
                    encoded(bytes) shouldBe MsgPackCore.encode(bytes)
                }
            }
        }

        test("a large byte run is linked between what comes before and after it, not copied") {
            val blob = ByteArray(10_000)
            val chain =
                MsgPackWriter()
                    .apply {
                        writeArrayHeader(2)
                        writeBinary(Bytes(blob, 100, 8192))
                        writeString("tail")
                    }.finish()
            chain.parts shouldHaveSize 3
            (chain.parts[1].array === blob) shouldBe true
            chain.parts[1].offset shouldBe 100
            readAll(chain.toByteArray()) shouldBe listOf(listOf(Bytes(ByteArray(8192)), "tail"))
        }

        test("byte runs under 8 KiB stay in the buffer") {
            MsgPackWriter().apply { writeBinary(ByteArray(8191)) }.finish().parts shouldHaveSize 1
        }

        test("bytes that are filled in come out in place, small and large") {
            for (size in listOf(0, 5, 8191, 8192, 100_000)) {
                val content = ByteArray(size) { it.toByte() }
                val bytes =
                    written {
                        writeString("before")
                        writeBinary(size) { target, offset -> content.copyInto(target, offset) }
                        writeString("after")
                    }
                withClue(size) { readAll(bytes) shouldBe listOf("before", Bytes(content), "after") }
            }
        }

        test("raw bytes and chains are taken over as they are") {
            val inner = MsgPackWriter().apply { PlainValues.write(this, listOf("a", Bytes(ByteArray(9000)))) }.finish()
            val whole =
                written {
                    writeArrayHeader(2)
                    writeRaw(Bytes(bytesOf(0xc3)))
                    writeRaw(inner)
                }
            readAll(whole) shouldBe listOf(listOf(true, listOf("a", Bytes(ByteArray(9000)))))
        }

        test("an unpaired surrogate is refused with its place, in short and in long text") {
            for (text in listOf("ab\ud800", "ab\udc00cd", "ab\ud800\ud800", "ab\ud800" + "x".repeat(1000))) {
                shouldThrow<EncodingException> { written { writeString(text) } }.problem shouldBe
                    "The text has an unpaired surrogate at index 2, which UTF-8 cannot carry"
            }
        }

        test("the size counts all parts, and the next message starts from nothing") {
            val writer = MsgPackWriter(initialCapacity = 0)
            writer.writeString("hello")
            writer.writeBinary(ByteArray(9000))
            writer.writeNil()
            writer.size shouldBe 6 + 3 + 9000 + 1
            val first = writer.finish()
            writer.size shouldBe 0
            writer.writeLong(7)
            val second = writer.finish()
            second.toByteArray() shouldBe bytesOf(7)
            readAll(first.toByteArray()) shouldBe listOf("hello", Bytes(ByteArray(9000)), null)
        }

        test("a negative size is refused") {
            shouldThrow<IllegalArgumentException> { written { writeArrayHeader(-1) } }
            shouldThrow<IllegalArgumentException> { written { writeMapHeader(-1) } }
            shouldThrow<IllegalArgumentException> { written { writeBinary(-1) { _, _ -> } } }
        }
    })
