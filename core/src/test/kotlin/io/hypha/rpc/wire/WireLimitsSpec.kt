package io.hypha.rpc.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class WireLimitsSpec :
    FunSpec({
        test("text of the limit passes, a byte more is refused with size and limit") {
            val limits = WireLimits(maxStringBytes = 4)
            reader(encoded("four"), limits).readString() shouldBe "four"
            refused { reader(encoded("fives"), limits).readString() } shouldBe "Too long: text at byte 0 has 5 bytes, the limit is 4"
            refused { reader(encoded("fives"), limits).readKey() } shouldBe "Too long: text at byte 0 has 5 bytes, the limit is 4"
        }

        test("bytes and extensions of the limit pass, a byte more is refused") {
            val limits = WireLimits(maxBinaryBytes = 4)
            reader(encoded(ByteArray(4)), limits).readBinary().size shouldBe 4
            refused { reader(encoded(ByteArray(5)), limits).readBinary() } shouldBe "Too long: bytes at byte 0 has 5 bytes, the limit is 4"
            refused { reader(encoded(WireTimestamp(1, 1)), limits).readTimestamp() } shouldBe
                "Too long: an extension at byte 0 has 8 bytes, the limit is 4"
        }

        test("a message longer than the limit is refused before anything is read") {
            val limits = WireLimits(maxFrameBytes = 4)
            reader(ByteArray(4), limits).remaining shouldBe 4
            refused { reader(ByteArray(5), limits) } shouldBe "Too long: the message at byte 0 has 5 bytes, the limit is 4"
        }

        test("as many levels as the limit pass, one more is refused") {
            fun nested(levels: Int) = ByteArray(levels) { 0x91.toByte() } + bytesOf(0xc0)
            val limits = WireLimits(maxDepth = 3)
            PlainValues.read(reader(nested(3), limits)) shouldBe listOf(listOf(listOf(null)))
            refused { PlainValues.read(reader(nested(4), limits)) } shouldBe
                "Too deep: lists and maps at byte 3 are nested beyond the limit of 3"
        }

        test("siblings do not add to the depth") {
            val limits = WireLimits(maxDepth = 2)
            val value = List(10) { listOf(it.toLong()) }
            PlainValues.read(reader(encoded(value), limits)) shouldBe value
        }

        test("limits that make no sense are refused") {
            shouldThrow<IllegalArgumentException> { WireLimits(maxDepth = 0) }
            shouldThrow<IllegalArgumentException> { WireLimits(maxDepth = 1001) }
            shouldThrow<IllegalArgumentException> { WireLimits(maxBinaryBytes = -1) }
        }
    })
