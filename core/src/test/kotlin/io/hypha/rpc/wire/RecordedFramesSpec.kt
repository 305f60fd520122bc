package io.hypha.rpc.wire

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class RecordedFramesSpec :
    FunSpec({
        val frames = RecordedFrame.all

        fun segmentsShouldMatch(
            frame: RecordedFrame,
            bytes: ByteArray,
        ) {
            val segments = readAll(bytes)
            segments.size shouldBe frame.segments.size
            segments.forEachIndexed { index, segment -> shouldBeRecorded(segment, frame.segments[index]) }
        }

        fun reencoded(frame: RecordedFrame): ByteArray = written { readAll(frame.bytes).forEach { PlainValues.write(this, it) } }

        test("there are as many frames as were recorded") {
            frames.size shouldBe 631
        }

        test("every frame decodes to its recorded segments") {
            for (frame in frames) withClue(frame.name) { segmentsShouldMatch(frame, frame.bytes) }
        }

        test("every frame, decoded and encoded again, decodes to its recorded segments") {
            for (frame in frames) withClue(frame.name) { segmentsShouldMatch(frame, reencoded(frame)) }
        }

        test("a frame comes out byte for byte as it was, exactly when the sender used the shortest forms and no extension") {
            for (frame in frames) {
                withClue(frame.name) { reencoded(frame).contentEquals(frame.bytes) shouldBe usesShortestForms(frame.bytes) }
            }
            frames.count { usesShortestForms(it.bytes) } shouldBe 631
        }

        test("skipping ends where reading ends, at every segment") {
            for (frame in frames) {
                withClue(frame.name) {
                    val reading = reader(frame.bytes)
                    val skipping = reader(frame.bytes)
                    while (reading.remaining > 0) {
                        PlainValues.read(reading)
                        skipping.skip()
                        skipping.position shouldBe reading.position
                    }
                }
            }
        }

        test("the routing header of every frame reads, and the payload begins behind it") {
            for (frame in frames) {
                withClue(frame.name) {
                    val reader = reader(frame.bytes)
                    val header = RoutingHeader.read(reader)
                    val main = readAll(frame.bytes).first() as Map<*, *>
                    header.type shouldBe main["type"]
                    listOf(header.to, header.from, header.method, header.session, header.parent, header.ws) shouldBe
                        listOf("to", "from", "method", "session", "parent", "ws").map { main[it] }
                    header.user?.let { readAll(it.toByteArray()).single() } shouldBe main["user"]
                    reader.position shouldBe reader(frame.bytes).apply { skip() }.position
                }
            }
        }
    })
