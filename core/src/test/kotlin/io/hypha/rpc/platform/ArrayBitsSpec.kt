package io.hypha.rpc.platform

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ArrayBitsSpec :
    FunSpec({
        test("numbers are written in the byte order asked for") {
            val target = ByteArray(4)
            ArrayBits.copy(intArrayOf(0x01020304), 0, 1, target, 0, littleEndian = true)
            target shouldBe byteArrayOf(4, 3, 2, 1)
            ArrayBits.copy(intArrayOf(0x01020304), 0, 1, target, 0, littleEndian = false)
            target shouldBe byteArrayOf(1, 2, 3, 4)
        }

        for (littleEndian in listOf(true, false)) {
            val order = if (littleEndian) "little endian" else "big endian"

            test("every type goes there and back, $order") {
                val bytes = ByteArray(3 * 8 + 1)
                val shorts = shortArrayOf(0, Short.MIN_VALUE, Short.MAX_VALUE)
                ArrayBits.copy(shorts, 0, 3, bytes, 1, littleEndian)
                ShortArray(3).also { ArrayBits.copy(bytes, 1, 3, it, 0, littleEndian) } shouldBe shorts
                val ints = intArrayOf(1, Int.MIN_VALUE, Int.MAX_VALUE)
                ArrayBits.copy(ints, 0, 3, bytes, 1, littleEndian)
                IntArray(3).also { ArrayBits.copy(bytes, 1, 3, it, 0, littleEndian) } shouldBe ints
                val longs = longArrayOf(1, Long.MIN_VALUE, Long.MAX_VALUE)
                ArrayBits.copy(longs, 0, 3, bytes, 1, littleEndian)
                LongArray(3).also { ArrayBits.copy(bytes, 1, 3, it, 0, littleEndian) } shouldBe longs
                val floats = floatArrayOf(-0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY)
                ArrayBits.copy(floats, 0, 3, bytes, 1, littleEndian)
                FloatArray(3).also { ArrayBits.copy(bytes, 1, 3, it, 0, littleEndian) } shouldBe floats
                val doubles = doubleArrayOf(-0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY)
                ArrayBits.copy(doubles, 0, 3, bytes, 1, littleEndian)
                DoubleArray(3).also { ArrayBits.copy(bytes, 1, 3, it, 0, littleEndian) } shouldBe doubles
            }
        }

        test("the bits of NaN survive") {
            val bits = 0x7ff80000deadbeefL
            val bytes = ByteArray(8)
            ArrayBits.copy(doubleArrayOf(Double.fromBits(bits)), 0, 1, bytes, 0, littleEndian = true)
            DoubleArray(1).also { ArrayBits.copy(bytes, 0, 1, it, 0, littleEndian = true) }[0].toRawBits() shouldBe bits
        }

        test("only the range of elements is copied") {
            val bytes = ByteArray(12)
            ArrayBits.copy(intArrayOf(1, 2, 3, 4), 1, 2, bytes, 4, littleEndian = true)
            bytes shouldBe byteArrayOf(0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0)
            IntArray(4).also { ArrayBits.copy(bytes, 4, 2, it, 2, littleEndian = true) } shouldBe intArrayOf(0, 0, 2, 3)
        }

        test("ranges that do not lie in the arrays are refused") {
            shouldThrow<IndexOutOfBoundsException> { ArrayBits.copy(intArrayOf(1), 0, 2, ByteArray(8), 0, littleEndian = true) }
            shouldThrow<IndexOutOfBoundsException> { ArrayBits.copy(ByteArray(8), 4, 2, IntArray(2), 0, littleEndian = true) }
        }
    })
