package io.hypha.rpc.wire

import io.hypha.rpc.ProtocolException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import io.kotest.matchers.types.shouldNotBeSameInstanceAs
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.withContext

class TextCacheSpec :
    FunSpec({
        fun decode(text: String): String = text.encodeToByteArray().let { TextCache.decode(it, 0, it.size) }

        test("short ASCII text comes back as the same string") {
            decode("promise") shouldBeSameInstanceAs decode("promise")
            decode("x".repeat(64)) shouldBeSameInstanceAs decode("x".repeat(64))
        }

        test("long text and other alphabets are decoded but not remembered") {
            decode("x".repeat(65)) shouldNotBeSameInstanceAs decode("x".repeat(65))
            decode("schlüssel") shouldBe "schlüssel"
            decode("schlüssel") shouldNotBeSameInstanceAs decode("schlüssel")
        }

        test("text that is not valid UTF-8 is refused every time") {
            val broken = bytesOf('a'.code, 0xff)
            repeat(2) { shouldThrow<ProtocolException> { TextCache.decode(broken, 0, 2) } }
        }

        test("more texts than there is room for all come out right") {
            repeat(2) { for (i in 0 until 5000) decode("key_$i") shouldBe "key_$i" }
        }

        test("threads that use it at the same time all read right") {
            withContext(Dispatchers.Default) {
                List(4) { async { (0 until 100_000).all { i -> decode("k${i % 3000}") == "k${i % 3000}" } } }.awaitAll()
            } shouldBe List(4) { true }
        }
    })
