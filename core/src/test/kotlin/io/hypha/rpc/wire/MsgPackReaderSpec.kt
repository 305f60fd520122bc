package io.hypha.rpc.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import org.msgpack.core.MessageFormat
import org.msgpack.value.ValueType

class MsgPackReaderSpec :
    FunSpec({
        test("every first byte has its type, and 0xc1 has none") {
            for (lead in 0..0xff) {
                withClue(lead.toString(16)) {
                    if (lead == 0xc1) {
                        refused { reader(lead).peek() } shouldBe "Byte 0xc1 at byte 0 starts no value"
                    } else {
                        reader(lead).peek() shouldBe
                            when (MessageFormat.valueOf(lead.toByte()).valueType!!) {
                                ValueType.NIL -> WireType.Nil
                                ValueType.BOOLEAN -> WireType.Boolean
                                ValueType.INTEGER -> WireType.Integer
                                ValueType.FLOAT -> WireType.Float
                                ValueType.STRING -> WireType.String
                                ValueType.BINARY -> WireType.Binary
                                ValueType.ARRAY -> WireType.Array
                                ValueType.MAP -> WireType.Map
                                ValueType.EXTENSION -> WireType.Extension
                            }
                    }
                }
            }
            reader().peek() shouldBe WireType.End
        }

        test("a value of another type is refused by name and place, and can still be read") {
            val reads =
                mapOf<String, MsgPackReader.() -> Unit>(
                    "nil" to { readNil() },
                    "a boolean" to { readBoolean() },
                    "an integer" to { readLong() },
                    "a float" to { readDouble() },
                    "a number" to { readNumberAsDouble() },
                    "text" to { readString() },
                    "bytes" to { readBinary() },
                    "a list" to { readArrayHeader() },
                    "a map" to { readMapHeader() },
                    "an extension" to { readExtension() },
                )
            val values = listOf(null, true, 7L, -70_000L, 1.5, "text", Bytes(bytesOf(1)), listOf(1L), mapOf("a" to 1L), WireTimestamp(1, 0))
            for (value in values) {
                for ((wanted, read) in reads) {
                    val reader = reader(encoded("first") + encoded(value))
                    reader.skip()
                    val found = reader.peek().label
                    if (found == wanted || (wanted == "a number" && value is Number)) continue
                    withClue("$wanted from $found") {
                        refused { reader.read() } shouldBe "Expected $wanted at byte 6, found $found"
                        PlainValues.read(reader) shouldBe value
                    }
                }
            }
        }

        test("integers beyond the type asked for are refused and can still be read") {
            val large = reader(encoded(ULong.MAX_VALUE))
            refused { large.readLong() } shouldBe "The integer at byte 0 is larger than 9223372036854775807"
            large.readULong() shouldBe ULong.MAX_VALUE
            val negative = reader(encoded(-5L))
            refused { negative.readULong() } shouldBe "The integer at byte 0 is negative"
            negative.readLong() shouldBe -5L
        }

        test("integers read as Long, and as ULong only when they must") {
            reader(encoded(Long.MAX_VALUE)).readInteger() shouldBe Long.MAX_VALUE
            reader(encoded(Long.MIN_VALUE)).readInteger() shouldBe Long.MIN_VALUE
            reader(encoded(1uL shl 63)).readInteger() shouldBe (1uL shl 63)
        }

        test("integers that are longer than they need be are accepted") {
            reader(0xcf, 0, 0, 0, 0, 0, 0, 0, 5).readLong() shouldBe 5L
            reader(0xd3, 0, 0, 0, 0, 0, 0, 0, 5).readULong() shouldBe 5uL
            reader(0xd0, 5).readInteger() shouldBe 5L
            reader(0xd9, 1, 'a'.code).readString() shouldBe "a"
            reader(0xdf, 0, 0, 0, 0).readMapHeader() shouldBe 0
        }

        test("float32 is accepted, and integers where any number will do") {
            reader(0xca, 0x3f, 0xc0, 0, 0).readDouble() shouldBe 1.5
            reader(7).readNumberAsDouble() shouldBe 7.0
            reader(encoded(ULong.MAX_VALUE)).readNumberAsDouble() shouldBe ULong.MAX_VALUE.toDouble()
            reader(encoded(-3L)).readNumberAsDouble() shouldBe -3.0
        }

        test("nil is taken only when it is there") {
            val reader = reader(0xc0, 0xc3)
            reader.tryReadNil() shouldBe true
            reader.tryReadNil() shouldBe false
            reader.readBoolean() shouldBe true
        }

        test("a map key may be bytes") {
            reader(0xc4, 2, 'h'.code, 'i'.code).readKey() shouldBe "hi"
            reader(0xc4, 2, 'h'.code, 'i'.code).readStringBytes() shouldBe Bytes("hi".encodeToByteArray())
            refused { reader(5).readKey() } shouldBe "Expected text at byte 0, found an integer"
        }

        test("timestamps of 4, 8 and 12 bytes are read, other sizes and nanoseconds refused") {
            reader(hex("d6ff00000000")).readTimestamp() shouldBe WireTimestamp(0, 0)
            reader(hex("d6ffffffffff")).readTimestamp() shouldBe WireTimestamp(4294967295, 0)
            reader(hex("d7ff37ca3a0000000001")).readTimestamp() shouldBe WireTimestamp(1, 234_000_000)
            reader(hex("c70cff00000005ffffffffffffffff")).readTimestamp() shouldBe WireTimestamp(-1, 5)
            refused { reader(hex("d5ff0000")).readTimestamp() } shouldBe "A timestamp at byte 0 has 2 bytes, it must have 4, 8 or 12"
            refused { reader(hex("c70cff3b9aca000000000000000000")).readTimestamp() } shouldContain "1000000000 nanoseconds"
        }

        test("an extension of another type is refused by its type") {
            refused { PlainValues.read(reader(0xc0, 0xd4, 42, 0).apply { skip() }) } shouldBe "Unknown extension type 42 at byte 1"
            val extension = reader(0xd4, 42, 7).readExtension()
            extension.type shouldBe 42
            extension.data shouldBe Bytes(bytesOf(7))
        }

        test("the position counts from the start of the slice and can be set back") {
            val message = bytesOf(0xff, 0xff, 1, 2, 3, 0xff)
            val reader = MsgPackReader(Bytes(message, 2, 3))
            reader.readLong() shouldBe 1
            reader.position shouldBe 1
            reader.remaining shouldBe 2
            val second = reader.at(2)
            second.readLong() shouldBe 3
            second.peek() shouldBe WireType.End
            reader.position = 0
            reader.readLong() shouldBe 1
            shouldThrow<IllegalArgumentException> { reader.position = 4 }
            shouldThrow<IllegalArgumentException> { reader.at(-1) }
        }

        test("reading stops at the end of the slice, although the array goes on") {
            val array = encoded("hello")
            refused { MsgPackReader(Bytes(array, 0, 3)).readString() } shouldBe
                "Truncated message: text at byte 0 needs 5 bytes, 2 are left"
        }

        test("skipSlice returns the encoded value") {
            val reader = reader(encoded(mapOf("a" to listOf(1L, "b"))) + bytesOf(5))
            readAll(reader.skipSlice().toByteArray()) shouldBe listOf(mapOf("a" to listOf(1L, "b")))
            reader.readLong() shouldBe 5
        }

        test("an equal key is the same string again") {
            val reader = reader(encoded("some_key") + encoded("some_key"))
            reader.readKey() shouldBeSameInstanceAs reader.readKey()
        }

        test("a second reader counts depth from where the first one stands") {
            val reader = reader(encoded(listOf(listOf(1L))), WireLimits(maxDepth = 1))
            reader.enter()
            reader.readArrayHeader()
            refused { PlainValues.read(reader.at(reader.position)) } shouldContain "beyond the limit of 1"
            reader.leave()
            reader.enter()
        }
    })
