package io.hypha.rpc.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ShrunkMapHeaderSpec :
    FunSpec({
        fun entries(
            announced: Int,
            actual: Int,
            value: (MsgPackWriter) -> Unit,
        ): MsgPackWriter {
            val out = MsgPackWriter(8)
            out.writeString("before")
            val at = out.size
            out.writeMapHeader(announced)
            for (i in 0 until actual) {
                out.writeString("k$i")
                value(out)
            }
            out.shrinkMapHeader(at, announced, actual)
            out.writeString("behind")
            return out
        }

        fun sizesRead(out: MsgPackWriter): List<Any?> {
            val (before, map, behind) = readAll(out.finish().toByteArray())
            return listOf(before, (map as Map<*, *>).size, behind)
        }

        test("a header of every width takes the smaller size") {
            for ((announced, actual) in listOf(15 to 0, 15 to 14, 16 to 2, 300 to 15, 65535 to 256, 70_000 to 66_000, 70_000 to 1)) {
                sizesRead(entries(announced, actual) { it.writeLong(1) }) shouldBe listOf("before", actual, "behind")
            }
        }

        test("the header is found in an earlier part, once large bytes have been linked behind it") {
            val large = Bytes(ByteArray(10_000))
            sizesRead(entries(5, 3) { it.writeBinary(large) }) shouldBe listOf("before", 3, "behind")
            sizesRead(entries(500, 3) { it.writeBinary(large) }) shouldBe listOf("before", 3, "behind")
        }

        test("it cannot grow") {
            val out = MsgPackWriter()
            out.writeMapHeader(1)
            shouldThrow<IllegalArgumentException> { out.shrinkMapHeader(0, 1, 2) }
        }
    })
