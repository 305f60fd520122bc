package io.hypha.rpc.platform

import io.hypha.rpc.ProtocolException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class Utf8Spec :
    FunSpec({
        fun decode(bytes: ByteArray): String = decodeUtf8(bytes, 0, bytes.size)

        test("text of every plane is decoded, a sent replacement character among it") {
            for (text in listOf("", "plain", "é", "€uro", "\uFFFD", "a\uFFFDb", "😀", "\u0000", "\uD7FF\uE000\uFFFF", "\uDBFF\uDFFF")) {
                decode(text.encodeToByteArray()) shouldBe text
            }
        }

        test("only the range asked for is decoded") {
            val bytes = "héllo wörld".encodeToByteArray()
            decodeUtf8(bytes, 7, 6) shouldBe "wörld"
        }

        test("what is no valid UTF-8 is refused with its place") {
            val broken =
                mapOf(
                    "a lone continuation" to "6180",
                    "a byte that is never used" to "61ff",
                    "a cut two-byte form" to "61c3",
                    "a cut three-byte form" to "61e282",
                    "a cut four-byte form" to "61f09f98",
                    "an overlong slash" to "61c0af",
                    "an overlong three-byte form" to "61e080af",
                    "a surrogate" to "61eda080",
                    "beyond the last code point" to "61f4908080",
                )
            for ((what, hex) in broken) {
                val bytes = hex.hexToByteArray()
                withClue(what) {
                    shouldThrow<ProtocolException> { decode(bytes) }.message shouldBe
                        "Invalid UTF-8 at byte 1 of a text of ${bytes.size} bytes"
                }
            }
        }

        test("a broken text is refused also behind a sent replacement character") {
            shouldThrow<ProtocolException> { decode("\uFFFD".encodeToByteArray() + 0xff.toByte()) }.message shouldBe
                "Invalid UTF-8 at byte 3 of a text of 4 bytes"
        }
    })
