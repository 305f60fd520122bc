package io.hypha.rpc.wire

import io.hypha.rpc.ProtocolException
import io.kotest.assertions.fail
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class BrokenInputSpec :
    FunSpec({
        /** What every outcome of reading must be: values, or null for a ProtocolException. Anything else fails the test. */
        fun outcome(bytes: ByteArray): List<Any?>? =
            try {
                readAll(bytes)
            } catch (_: ProtocolException) {
                null
            }

        fun skipOutcome(bytes: ByteArray): Boolean =
            try {
                reader(bytes).run { while (remaining > 0) skip() }
                true
            } catch (_: ProtocolException) {
                false
            }

        fun boundaries(frame: RecordedFrame): Set<Int> {
            val reader = reader(frame.bytes)
            return buildSet {
                add(0)
                while (reader.remaining > 0) {
                    reader.skip()
                    add(reader.position)
                }
            }
        }

        test("a frame cut anywhere is refused, except between its segments") {
            for (frame in RecordedFrame.all.filterIndexed { index, _ -> index % 7 == 0 }) {
                val boundaries = boundaries(frame)
                for (size in 0 until frame.bytes.size) {
                    val cut = frame.bytes.copyOf(size)
                    withClue("${frame.name} cut to $size bytes") {
                        (outcome(cut) != null) shouldBe (size in boundaries)
                        skipOutcome(cut) shouldBe (size in boundaries)
                    }
                }
            }
        }

        test("absurd lengths are refused before anything of that size is allocated") {
            val heads =
                listOf("d9ff", "daffff", "dbffffffff", "db7fffffff", "c4ff", "c5ffff", "c6ffffffff", "c67fffffff", "dcffff") +
                    listOf("ddffffffff", "dd7fffffff", "deffff", "dfffffffff", "df7fffffff", "df40000000", "c7ffff", "c8ffffff") +
                    listOf("c9ffffffffff", "c97fffffffff", "d8ff")
            for (head in heads) {
                for (prefix in listOf("", "92c0", "82a161c0a162")) {
                    val bytes = hex(prefix + head) + bytesOf(0xc0, 0xc0, 0xc0)
                    withClue(prefix + head) {
                        allocatedBy { outcome(bytes) shouldBe null } shouldBeLessThan 1_000_000
                        allocatedBy { skipOutcome(bytes) shouldBe false } shouldBeLessThan 1_000_000
                    }
                }
            }
        }

        test("lists that claim all remaining bytes at every level cost no more than the message") {
            val bytes = ByteArray(1_000_000) { 0xc0.toByte() }
            for (level in 0 until 90) hex("dd000d0000").copyInto(bytes, 5 * level)
            allocatedBy { outcome(bytes) shouldBe null } shouldBeLessThan 20_000_000
        }

        test("a million levels are refused by reading and passed over by skipping, never a stack overflow") {
            for (head in listOf("91", "dc0001", "81a161")) {
                val deep = hex(head.repeat(1_000_000)) + bytesOf(0xc0)
                refused { PlainValues.read(reader(deep)) } shouldContain "nested beyond the limit of 100"
                reader(deep).apply { skip() }.remaining shouldBe 0
                skipOutcome(deep.copyOf(deep.size - 1)) shouldBe false
            }
        }

        test("extensions that the protocol does not know are refused by their type") {
            for (type in listOf(0, 1, 5, 127, -2, -128)) {
                for (head in listOf("d4", "d5", "d6", "d7", "d8", "c701", "c80001", "c900000001")) {
                    val bytes = hex(head) + type.toByte() + ByteArray(16)
                    withClue(
                        "$head $type",
                    ) { refused { PlainValues.read(reader(bytes)) } shouldBe "Unknown extension type $type at byte 0" }
                }
            }
        }

        test("the byte that starts no value is refused wherever it stands") {
            refused { readAll(bytesOf(0xc1)) } shouldBe "Byte 0xc1 at byte 0 starts no value"
            refused { readAll(bytesOf(0x92, 1, 0xc1)) } shouldBe "Byte 0xc1 at byte 2 starts no value"
            refused { readAll(bytesOf(0x81, 0xa1, 'a'.code, 0xc1)) } shouldBe "Byte 0xc1 at byte 3 starts no value"
            refused { reader(0x92, 1, 0xc1).skip() } shouldBe "Byte 0xc1 at byte 2 starts no value"
            refused { reader(0xc1).readLong() } shouldBe "Byte 0xc1 at byte 0 starts no value"
        }

        test("text that is not valid UTF-8 is refused with both places, as a value and as a key") {
            val problem = "Text at byte 1 of the message: Invalid UTF-8 at byte 1 of a text of 2 bytes"
            refused { readAll(bytesOf(0x91, 0xa2, 'a'.code, 0x80)) } shouldBe problem
            refused { readAll(bytesOf(0x81, 0xa2, 'a'.code, 0x80, 0xc0)) } shouldBe problem
        }

        test("keys that are no text are refused") {
            for (key in listOf("01", "c0", "c3", "90", "80", "cb0000000000000000", "d6ff00000000")) {
                withClue(key) { refused { readAll(hex("81" + key + "c0")) } shouldContain "Expected text at byte 1, found" }
            }
        }

        test("mutated frames end in values or in a named error, in bounded memory") {
            val seed = 20_260_807
            withClue("seed $seed") {
                val mutations = FrameMutations(seed)
                repeat(40_000) { round ->
                    val bytes = mutations.next()
                    try {
                        allocatedBy { outcome(bytes) } shouldBeLessThan 500_000L + 200 * bytes.size
                        skipOutcome(bytes)
                        RoutingHeader.read(reader(bytes))
                    } catch (_: ProtocolException) {
                        // The named error that a broken header deserves.
                    } catch (e: Throwable) {
                        fail("Round $round of seed $seed: $e for ${bytes.toHexString()}")
                    }
                }
            }
        }
    })
