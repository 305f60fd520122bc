package io.hypha.rpc.hub.route

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.frame
import io.hypha.rpc.hub.segments
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.netty.buffer.ByteBuf
import io.netty.buffer.ByteBufUtil
import io.netty.buffer.Unpooled

class SpliceSpec :
    FunSpec({
        val stamp = Stamp("ws/me", "ws", UserInfo("u1").encoded())
        val toEntry = encodedEntry("to", "ws/peer")

        fun direct(bytes: ByteArray): ByteBuf = Unpooled.directBuffer(bytes.size).writeBytes(bytes)

        fun splice(frame: ByteBuf): ByteBuf = Splice.splice(frame, Splice.scan(frame), toEntry, stamp)

        test("joins a new routing segment and the payload, for heap and direct buffers and every size of payload") {
            for (size in listOf(0, 1, 100, 8_100, 8_300, 300_000)) {
                val bytes = frame(mapOf("type" to "x", "to" to "b"), mapOf("blob" to Bytes(ByteArray(size) { it.toByte() })))
                for (frame in listOf(Unpooled.wrappedBuffer(bytes), direct(bytes))) {
                    val spliced = splice(frame)
                    frame.readableBytes() shouldBe bytes.size
                    segments(ByteBufUtil.getBytes(spliced))[1] shouldBe segments(bytes)[1]
                    frame.release()
                    spliced.release() shouldBe true
                    frame.refCnt() shouldBe 0
                }
            }
        }

        test("shares a large payload with the incoming frame, and keeps it alive") {
            val bytes = frame(mapOf("type" to "x", "to" to "b"), mapOf("blob" to Bytes(ByteArray(100_000))))
            val frame = direct(bytes)
            val spliced = splice(frame)
            frame.refCnt() shouldBe 2
            frame.release()
            segments(ByteBufUtil.getBytes(spliced))[1] shouldBe segments(bytes)[1]
            spliced.release()
            frame.refCnt() shouldBe 0
        }

        test("finds the end of a routing segment that is longer than usual") {
            val main = mapOf("type" to "news", "to" to "*", "data" to List(2000) { "item $it" })
            val frame = direct(frame(main, mapOf("more" to 1L)))
            val spliced = splice(frame)
            val read = segments(ByteBufUtil.getBytes(spliced))
            read[0]["data"] shouldBe main["data"]
            read[1] shouldBe mapOf("more" to 1L)
            spliced.release()
            frame.release()
        }

        test("refuses a long frame that is malformed") {
            val frame = direct(ByteArray(5000) { 0xc1.toByte() })
            shouldThrow<ProtocolException> { Splice.scan(frame) }
            frame.release()
        }
    })
