package io.hypha.rpc.hub.route

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary
import io.kotest.property.arbitrary.byte
import io.kotest.property.arbitrary.byteArray
import io.kotest.property.arbitrary.choice
import io.kotest.property.arbitrary.constant
import io.kotest.property.arbitrary.double
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.map
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll

class RoutingSegmentSpec :
    FunSpec({
        val stamp = Stamp("ws/me", "ws", UserInfo("u1").encoded())
        val toEntry = encodedEntry("to", "ws/peer")
        val stamped = mapOf("to" to "ws/peer", "from" to "ws/me", "ws" to "ws", "user" to UserInfo("u1").toMap())

        fun rewrite(frame: ByteArray): ByteArray {
            val segment = RoutingSegment.scan(Bytes(frame))
            val rest = frame.size - segment.end
            val target = segment.rewritten(toEntry, stamp, rest)
            frame.copyInto(target, target.size - rest, segment.end)
            return target
        }

        test("keeps every entry but those that the hub states, whatever their order, number and values") {
            checkAll(entries, Arb.byteArray(Arb.int(0..300), Arb.byte())) { main, payload ->
                val reader = MsgPackReader(Bytes(rewrite(encode(main) + payload)))
                val read = PlainValues.read(reader)
                val kept = main.toMap(LinkedHashMap()).filterKeys { it !in hubKeys }
                read shouldBe kept + stamped
                reader.remaining shouldBe payload.size
            }
        }

        test("copies the payload byte for byte") {
            checkAll(entries, Arb.byteArray(Arb.int(0..300), Arb.byte())) { main, payload ->
                val frame = rewrite(encode(main) + payload)
                frame.copyOfRange(frame.size - payload.size, frame.size) shouldBe payload
            }
        }

        test("takes the last one of repeated keys, and nil as absent") {
            val main = listOf("to" to "a", "type" to "x", "to" to "b", "session" to "s", "session" to null, "type" to "method")
            val segment = RoutingSegment.scan(Bytes(encode(main)))
            segment.to shouldBe "b"
            segment.type shouldBe "method"
            segment.session shouldBe null
        }

        test("drops a forged context and sender wherever they stand, also when the key is bytes") {
            val writer = MsgPackWriter()
            writer.writeMapHeader(3)
            writer.writeBinary("from".encodeToByteArray())
            writer.writeString("other/one")
            writer.writeString("ctx")
            writer.writeMapHeader(1)
            writer.writeString("user")
            writer.writeString("root")
            writer.writeString("type")
            writer.writeString("method")
            val read = PlainValues.read(MsgPackReader(Bytes(rewrite(writer.finish().toByteArray()))))
            read shouldBe mapOf("type" to "method") + stamped
        }

        test("refuses what is no map with text keys") {
            val notMaps =
                listOf(byteArrayOf(0xc0.toByte()), byteArrayOf(0x93.toByte(), 1, 2, 3), byteArrayOf(), "method".encodeToByteArray())
            for (frame in notMaps) shouldThrow<ProtocolException> { RoutingSegment.scan(Bytes(frame)) }
            val numberAsKey = byteArrayOf(0x81.toByte(), 1, 2)
            shouldThrow<ProtocolException> { RoutingSegment.scan(Bytes(numberAsKey)) }
        }

        test("refuses an address that is no text") {
            val error = shouldThrow<ProtocolException> { RoutingSegment.scan(Bytes(encode(listOf("to" to 5)))) }
            error.message shouldContain "text"
        }

        test("refuses a segment that ends too early, wherever it is cut") {
            val whole = encode(listOf("type" to "method", "to" to "ws/b", "data" to mapOf("list" to listOf(1, 2.5, "x"))))
            for (size in 0 until whole.size) {
                shouldThrow<ProtocolException> { RoutingSegment.scan(Bytes(whole, 0, size)) }
            }
        }
    })

private val hubKeys = setOf("from", "to", "ws", "user", "ctx")

private val keys =
    Arb.choice(Arb.element("type", "from", "to", "ws", "user", "ctx", "method", "session", "parent"), Arb.string(0..40))

private val plain: Arb<Any?> =
    Arb.choice(
        Arb.constant(null),
        Arb.string(0..80),
        Arb.long(),
        Arb.double().map { if (it.isNaN()) 0.5 else it },
        Arb.byteArray(Arb.int(0..40), Arb.byte()).map { Bytes(it) },
        Arb.list(Arb.long(), 0..20),
        Arb.list(Arb.string(0..5), 0..5).map { list -> list.associateWith { it.length.toLong() } },
    )

private val text = Arb.choice(Arb.string(0..60), Arb.constant(null))

/** Entries of a main segment, with repeated keys; what the router reads is text or nil, as it must be. */
private val entries: Arb<List<Pair<String, Any?>>> =
    Arb.list(
        arbitrary { random ->
            val key = keys.sample(random).value
            key to (if (key in setOf("type", "to", "session")) text else plain).sample(random).value
        },
        0..40,
    )

private fun encode(entries: List<Pair<String, Any?>>): ByteArray {
    val writer = MsgPackWriter()
    writer.writeMapHeader(entries.size)
    for ((key, value) in entries) {
        writer.writeString(key)
        PlainValues.write(writer, value)
    }
    return writer.finish().toByteArray()
}
