package io.hypha.rpc.wire

import io.hypha.rpc.EncodingException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class PlainValuesSpec :
    FunSpec({
        fun refusal(value: Any?): EncodingException = shouldThrow<EncodingException> { encoded(value) }

        test("the standard number types and byte arrays are written like their plain relatives") {
            readAll(encoded(listOf(1.toByte(), 2.toShort(), 3, 4L, 5uL, 1.5f, byteArrayOf(6)))).single() shouldBe
                listOf(1L, 2L, 3L, 4L, 5L, 1.5, Bytes(bytesOf(6)))
        }

        test("maps keep the order in which they were received") {
            val map = readAll(encoded(linkedMapOf("z" to 1L, "a" to 2L, "m" to 3L))).single() as Map<*, *>
            map.keys.toList() shouldBe listOf("z", "a", "m")
        }

        test("of a repeated key the last value counts") {
            readAll(bytesOf(0x82, 0xa1, 'k'.code, 1, 0xa1, 'k'.code, 2)).single() shouldBe mapOf("k" to 2L)
        }

        test("a value that cannot be sent is refused with its path") {
            val refusal = refusal(mapOf("args" to listOf(1, mapOf("image" to Any()))))
            refusal.path shouldBe "args[1].image"
            refusal.problem shouldBe "Any is no plain value"
        }

        test("a bad text is refused with its path") {
            refusal(listOf("ok", "\ud800")).path shouldBe "[1]"
            refusal(mapOf("\ud800" to 1)).problem shouldContain "unpaired surrogate"
        }

        test("keys that are no text are refused") {
            refusal(mapOf("a" to mapOf(1 to 2))).message shouldBe "a: A map key must be text, not Int"
            refusal(mapOf(null to 2)).problem shouldBe "A map key must be text, not null"
        }

        test("a list that contains itself is refused instead of overflowing the stack") {
            val list = mutableListOf<Any?>()
            list.add(list)
            refusal(list).problem shouldBe "Lists and maps are nested beyond the limit of 100"
        }

        test("what may be written may also be read") {
            var value: Any? = null
            repeat(100) { value = listOf(value) }
            firstDifference(readAll(encoded(value)).single(), value) shouldBe null
            shouldThrow<EncodingException> { encoded(listOf(value)) }
        }

        test("reading at the end is refused") {
            refused { PlainValues.read(reader()) } shouldBe "Expected a value at byte 0, found the end of the message"
        }
    })
