package io.hypha.rpc.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import io.kotest.matchers.types.shouldNotBeSameInstanceAs

class BytesSpec :
    FunSpec({
        val array = bytesOf(10, 20, 30, 40, 50)

        test("a slice shares its array and counts from its own start") {
            val bytes = Bytes(array, 1, 3)
            bytes.array shouldBeSameInstanceAs array
            bytes[0] shouldBe 20
            bytes[2] shouldBe 40
        }

        test("an index outside of the slice is refused, also where the array goes on") {
            val bytes = Bytes(array, 1, 3)
            shouldThrow<IndexOutOfBoundsException> { bytes[3] }
            shouldThrow<IndexOutOfBoundsException> { bytes[-1] }
        }

        test("a range that does not lie in the array is refused") {
            shouldThrow<IllegalArgumentException> { Bytes(array, 3, 3) }
            shouldThrow<IllegalArgumentException> { Bytes(array, -1, 2) }
            shouldThrow<IllegalArgumentException> { Bytes(array, 2, -1) }
            shouldThrow<IllegalArgumentException> { Bytes(array, Int.MAX_VALUE, Int.MAX_VALUE) }
            Bytes(array, 5, 0).size shouldBe 0
        }

        test("slices of slices share the array") {
            val inner = Bytes(array, 1, 4).slice(1, 3)
            inner shouldBe Bytes(bytesOf(30, 40))
            inner.array shouldBeSameInstanceAs array
            Bytes(array).slice(2) shouldBe Bytes(bytesOf(30, 40, 50))
            shouldThrow<IllegalArgumentException> { inner.slice(0, 3) }
            shouldThrow<IllegalArgumentException> { inner.slice(2, 1) }
            shouldThrow<IllegalArgumentException> { inner.slice(-1, 1) }
        }

        test("toByteArray copies, even the whole array") {
            Bytes(array).toByteArray() shouldNotBeSameInstanceAs array
            Bytes(array, 3, 2).toByteArray() shouldBe bytesOf(40, 50)
        }

        test("copyInto writes to the place asked for") {
            val target = ByteArray(4)
            Bytes(array, 0, 2).copyInto(target, 1)
            target shouldBe bytesOf(0, 10, 20, 0)
        }

        test("slices are equal by content, wherever it is stored") {
            val elsewhere = Bytes(bytesOf(0, 0, 20, 30), 2, 2)
            Bytes(array, 1, 2) shouldBe elsewhere
            Bytes(array, 1, 2).hashCode() shouldBe elsewhere.hashCode()
            Bytes(array, 1, 3) shouldNotBe elsewhere
            Bytes(array, 2, 2) shouldNotBe elsewhere
        }

        test("the text form tells the size and no content") {
            Bytes(array, 1, 3).toString() shouldBe "Bytes(size=3)"
        }
    })
