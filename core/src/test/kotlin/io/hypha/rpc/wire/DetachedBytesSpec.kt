package io.hypha.rpc.wire

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class DetachedBytesSpec :
    FunSpec({
        /** Reads the bytes of a message that holds `size` of them beside others, `whole` in all; tells whether they were copied. */
        fun isCopied(
            size: Int,
            whole: Int,
        ): Boolean {
            val message =
                written {
                    writeBinary(ByteArray(size) { it.toByte() })
                    writeBinary(ByteArray(whole - size - 10))
                }
            val bytes = reader(message).readBinary()
            bytes shouldBe Bytes(ByteArray(size) { it.toByte() })
            if (bytes.array !== message) bytes.array.size shouldBe size
            return bytes.array !== message
        }

        test("a large part of a message is a slice of it") {
            isCopied(600_000, 1_000_000) shouldBe false
            isCopied(260_000, 1_000_000) shouldBe false
        }

        test("a small part of a large message is copied out") {
            isCopied(10, 1_000_000) shouldBe true
            isCopied(60_000, 1_000_000) shouldBe true
            isCopied(100, 5_000) shouldBe true
        }

        test("between those, what keeps no more than 64 times its size in memory is a slice") {
            isCopied(70_000, 4_000_000) shouldBe false
            isCopied(70_000, 5_000_000) shouldBe true
        }

        test("nothing is copied out of a small message") {
            isCopied(10, 4_000) shouldBe false
        }

        test("what counts is the array behind the slice, not the slice that is read") {
            val frame = ByteArray(1_000_000)
            encoded(ByteArray(100)).copyInto(frame)
            (MsgPackReader(Bytes(frame, 0, 102)).readBinary().array === frame) shouldBe false
        }

        test("the user in a routing header does not keep a large frame in memory") {
            val user = written { PlainValues.write(this, mapOf("id" to "u")) }
            val frame =
                written {
                    RoutingHeader("method", user = Bytes(user)).write(this)
                    writeBinary(ByteArray(100_000))
                }
            RoutingHeader
                .read(reader(frame))
                .user!!
                .array.size shouldBe user.size
        }
    })
