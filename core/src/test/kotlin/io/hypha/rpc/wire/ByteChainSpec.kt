package io.hypha.rpc.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs

class ByteChainSpec :
    FunSpec({
        val parts = listOf(Bytes(bytesOf(1, 2, 3)), Bytes(bytesOf(9, 4, 5, 9), 1, 2), Bytes(bytesOf(6)))
        val chain = ByteChain(parts)
        val joined = bytesOf(1, 2, 3, 4, 5, 6)

        test("the parts follow each other") {
            chain.size shouldBe 6
            chain.toByteArray() shouldBe joined
        }

        test("every slice has the bytes of its range and shares the arrays") {
            for (from in 0..6) {
                for (to in from..6) {
                    val slice = chain.slice(from, to)
                    slice.toByteArray() shouldBe joined.copyOfRange(from, to)
                    slice.parts.all { part -> part.size > 0 && parts.any { it.array === part.array } } shouldBe true
                }
            }
        }

        test("a range outside of the chain is refused") {
            shouldThrow<IllegalArgumentException> { chain.slice(0, 7) }
            shouldThrow<IllegalArgumentException> { chain.slice(-1, 2) }
            shouldThrow<IllegalArgumentException> { chain.slice(3, 2) }
        }

        test("one part becomes bytes without a copy, several are joined") {
            ByteChain(parts.take(1)).toBytes() shouldBeSameInstanceAs parts[0]
            chain.toBytes() shouldBe Bytes(joined)
            ByteChain(emptyList()).toBytes() shouldBe Bytes.Empty
        }

        test("copyInto writes all parts to the place asked for") {
            val target = ByteArray(8)
            chain.copyInto(target, 1)
            target shouldBe bytesOf(0, 1, 2, 3, 4, 5, 6, 0)
        }

        test("two chains add up") {
            (chain + ByteChain(parts.take(1))).toByteArray() shouldBe joined + bytesOf(1, 2, 3)
        }

        test("the text form tells sizes and no content") {
            chain.toString() shouldBe "ByteChain(size=6, parts=3)"
        }
    })
