package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs

class NDArraySpec :
    FunSpec({
        test("an array has the dtype of its primitive array and the shape given") {
            NDArray.of(floatArrayOf(1f, 2f, 3f, 4f, 5f, 6f), 2, 3).run {
                dtype shouldBe DType.Float32
                shape shouldBe listOf(2, 3)
                rank shouldBe 2
                size shouldBe 6
            }
            NDArray.of(doubleArrayOf(1.0)).dtype shouldBe DType.Float64
            NDArray.of(byteArrayOf(1)).dtype shouldBe DType.Int8
            NDArray.of(shortArrayOf(1)).dtype shouldBe DType.Int16
            NDArray.of(intArrayOf(1)).dtype shouldBe DType.Int32
            NDArray.of(longArrayOf(1)).dtype shouldBe DType.Int64
            NDArray.of(booleanArrayOf(true)).dtype shouldBe DType.Bool
            NDArray.ofComplex(floatArrayOf(1f, 2f)).dtype shouldBe DType.Complex64
            NDArray.ofComplex(doubleArrayOf(1.0, 2.0)).dtype shouldBe DType.Complex128
        }

        test("without a shape there is one dimension, also for complex numbers") {
            NDArray.of(intArrayOf(1, 2, 3)).shape shouldBe listOf(3)
            NDArray.ofComplex(floatArrayOf(1f, 2f, 3f, 4f)).shape shouldBe listOf(2)
            NDArray.of(intArrayOf()).shape shouldBe listOf(0)
        }

        test("the caller's array is kept, so a change of it is seen") {
            val values = floatArrayOf(1f, 2f)
            val array = NDArray.of(values)
            values[1] = 5f
            array.getDouble(1) shouldBe 5.0
        }

        test("a shape that does not fit is refused") {
            shouldThrow<IllegalArgumentException> { NDArray.of(intArrayOf(1, 2, 3), 2, 2) }
            shouldThrow<IllegalArgumentException> { NDArray.of(intArrayOf(1), -1) }
            shouldThrow<IllegalArgumentException> { NDArray.ofComplex(floatArrayOf(1f, 2f, 3f)) }
            shouldThrow<IllegalArgumentException> { NDArray.ofBytes(DType.Int32, bytesOf(1, 2, 3)) }
            shouldThrow<IllegalArgumentException> { NDArray.ofBytes(DType.parse("object"), bytesOf(1)) }
            shouldThrow<IllegalArgumentException> { NDArray.of(intArrayOf(1, 2, 3)).reshape(2) }
        }

        test("elements are numbered row by row, or column by column in a Fortran array") {
            val values = intArrayOf(1, 2, 3, 4, 5, 6)
            val rows = NDArray.of(values, 2, 3)
            rows.getLong(0, 2) shouldBe 3
            rows.getLong(1, 0) shouldBe 4
            val columns = rows.asFortran()
            columns.getLong(0, 2) shouldBe 5
            columns.getLong(1, 0) shouldBe 2
            columns.toIntArray() shouldBe intArrayOf(1, 3, 5, 2, 4, 6)
        }

        test("a Fortran array of three dimensions copies to the same elements that its indices give") {
            val array = NDArray.of(IntArray(24) { it }, 2, 3, 4).asFortran()
            val expected = ArrayList<Int>()
            for (i in 0 until 2) for (j in 0 until 3) for (k in 0 until 4) expected += array.getLong(i, j, k).toInt()
            array.toIntArray().asList() shouldBe expected
            NDArray.of(array.toIntArray(), 2, 3, 4) shouldBe array
        }

        test("an index outside of the array, or too few indices, are refused") {
            val array = NDArray.of(intArrayOf(1, 2, 3, 4, 5, 6), 2, 3)
            shouldThrow<IndexOutOfBoundsException> { array[0, 3] }
            shouldThrow<IndexOutOfBoundsException> { array[-1, 0] }
            shouldThrow<IndexOutOfBoundsException> { array[1] }
            shouldThrow<IndexOutOfBoundsException> { array[0, 0, 0] }
        }

        test("an element is a Long, a ULong when it is larger, a Double, a Boolean or a Complex") {
            NDArray.of(byteArrayOf(-1))[0] shouldBe -1L
            NDArray.of(byteArrayOf(-1)).reinterpret(DType.UInt8)[0] shouldBe 255L
            NDArray.of(longArrayOf(-1)).reinterpret(DType.UInt64)[0] shouldBe ULong.MAX_VALUE
            NDArray.of(longArrayOf(1)).reinterpret(DType.UInt64)[0] shouldBe 1L
            NDArray.of(floatArrayOf(0.5f))[0] shouldBe 0.5
            NDArray.of(booleanArrayOf(true))[0] shouldBe true
            NDArray.ofComplex(floatArrayOf(1f, 2f, 3f, 4f))[1] shouldBe Complex(3.0, 4.0)
            NDArray.ofComplex(doubleArrayOf(1.0, -2.0)).getComplex(0) shouldBe Complex(1.0, -2.0)
            NDArray.of(shortArrayOf(0x3c00)).reinterpret(DType.Float16)[0] shouldBe 1.0
        }

        test("unsigned elements of every size are read without a sign") {
            NDArray.of(byteArrayOf(-1)).reinterpret(DType.UInt8).getLong(0) shouldBe 255
            NDArray.of(shortArrayOf(-1)).reinterpret(DType.UInt16).getLong(0) shouldBe 65535
            NDArray.of(intArrayOf(-1)).reinterpret(DType.UInt32).getLong(0) shouldBe 4294967295
            NDArray.of(longArrayOf(-1)).reinterpret(DType.UInt64).getULong(0) shouldBe ULong.MAX_VALUE
        }

        test("a number is converted when it fits, and refused with both types when it does not") {
            NDArray.of(floatArrayOf(3f)).getLong(0) shouldBe 3
            NDArray.of(longArrayOf(3)).getDouble(0) shouldBe 3.0
            NDArray.of(booleanArrayOf(true)).getLong(0) shouldBe 1
            NDArray.of(booleanArrayOf(true)).getDouble(0) shouldBe 1.0
            NDArray.of(longArrayOf(5)).getULong(0) shouldBe 5uL
            NDArray.of(floatArrayOf(5f)).getULong(0) shouldBe 5uL

            shouldThrow<EncodingException> { NDArray.of(floatArrayOf(3.5f)).getLong(0) }
            shouldThrow<EncodingException> { NDArray.of(longArrayOf(Long.MAX_VALUE)).getDouble(0) }
            shouldThrow<EncodingException> { NDArray.of(longArrayOf(-1)).reinterpret(DType.UInt64).getLong(0) }
            shouldThrow<EncodingException> { NDArray.of(longArrayOf(-1)).getULong(0) }
            shouldThrow<EncodingException> { NDArray.of(intArrayOf(1)).getBoolean(0) }
            shouldThrow<EncodingException> { NDArray.of(intArrayOf(1)).getComplex(0) }
            shouldThrow<EncodingException> { NDArray.ofComplex(floatArrayOf(1f, 0f)).getDouble(0) }.problem shouldContain "interleaved"
        }

        test("elements of an opaque type are refused by name, and read as what they are made of") {
            val dates = NDArray.ofBytes(DType.parse("datetime64[ns]"), bytesOf(5, 0, 0, 0, 0, 0, 0, 0))
            shouldThrow<EncodingException> { dates[0] }.problem shouldContain "datetime64[ns]"
            dates.reinterpret(DType.Int64).getLong(0) shouldBe 5
            val texts = NDArray.ofBytes(DType.parse("<U1"), bytesOf(65, 0, 0, 0), 1)
            shouldThrow<EncodingException> { texts.getLong(0) }.problem shouldContain "<U1"
            texts.toBytes() shouldBe bytesOf(65, 0, 0, 0)
        }

        test("a copy has the elements of the type asked for") {
            NDArray.of(intArrayOf(1, 2)).toDoubleArray() shouldBe doubleArrayOf(1.0, 2.0)
            NDArray.of(intArrayOf(1, 2)).toFloatArray() shouldBe floatArrayOf(1f, 2f)
            NDArray.of(doubleArrayOf(1.0, 2.0)).toLongArray() shouldBe longArrayOf(1, 2)
            NDArray.of(doubleArrayOf(1.0, 2.0)).toIntArray() shouldBe intArrayOf(1, 2)
            NDArray.of(longArrayOf(1, 2)).toShortArray() shouldBe shortArrayOf(1, 2)
            NDArray.of(shortArrayOf(1, 2)).toByteArray() shouldBe byteArrayOf(1, 2)
            NDArray.of(booleanArrayOf(true, false)).toBooleanArray() shouldBe booleanArrayOf(true, false)
            NDArray.of(booleanArrayOf(true, false)).toIntArray() shouldBe intArrayOf(1, 0)
            NDArray.of(doubleArrayOf(0.1)).toFloatArray() shouldBe floatArrayOf(0.1f)
        }

        test("a copy of the same type is one of its own") {
            val floats = floatArrayOf(1f, 2f)
            val copy = NDArray.of(floats).toFloatArray()
            copy[0] = 9f
            floats[0] shouldBe 1f
        }

        test("bytes of uint8 keep their bits") {
            NDArray.of(byteArrayOf(-1)).reinterpret(DType.UInt8).toByteArray() shouldBe byteArrayOf(-1)
            NDArray.ofBytes(DType.UInt8, bytesOf(255, 1)).toByteArray() shouldBe byteArrayOf(-1, 1)
        }

        test("an element that does not fit the copy is named by its number") {
            problemAt("[1]") { NDArray.of(doubleArrayOf(1.0, 1e300)).toFloatArray() }
            problemAt("[1]") { NDArray.of(longArrayOf(1, 1L shl 40)).toIntArray() }
            problemAt("[0]") { NDArray.of(intArrayOf(1 shl 20)).toShortArray() }
            problemAt("[0]") { NDArray.of(intArrayOf(128)).toByteArray() }
            problemAt("[2]") { NDArray.of(longArrayOf(0, 1, (1L shl 53) + 1)).toDoubleArray() }
            problemAt("[0]") { NDArray.of(intArrayOf(1)).toBooleanArray() }
        }

        test("infinities and NaN are floats as well as doubles") {
            val special = doubleArrayOf(Double.NaN, Double.POSITIVE_INFINITY, -0.0)
            NDArray.of(special).toFloatArray() shouldBe floatArrayOf(Float.NaN, Float.POSITIVE_INFINITY, -0f)
        }

        test("an array without dimensions has one element") {
            val scalar = NDArray.of(floatArrayOf(2f)).reshape()
            scalar.shape.shouldBeEmpty()
            scalar.size shouldBe 1
            scalar.getDouble() shouldBe 2.0
            scalar.item() shouldBe 2.0
            NDArray.scalar(2.5).item() shouldBe 2.5
            NDArray.scalar(7L).item() shouldBe 7L
            NDArray.scalar(true).item() shouldBe true
        }

        test("item is only there when there is one element, of whatever shape") {
            NDArray.of(intArrayOf(4), 1, 1).item() shouldBe 4L
            shouldThrow<IllegalStateException> { NDArray.of(intArrayOf(1, 2)).item() }
            shouldThrow<IllegalStateException> { NDArray.of(intArrayOf()).item() }
        }

        test("an empty array may have any other sizes") {
            val empty = NDArray.of(floatArrayOf(), 0, Int.MAX_VALUE, 7)
            empty.size shouldBe 0
            empty.toFloatArray().size shouldBe 0
            empty.asFortran().toFloatArray().size shouldBe 0
        }

        test("reshaping keeps memory and order") {
            val values = IntArray(6) { it }
            NDArray.of(values, 2, 3).reshape(3, 2).getLong(2, 1) shouldBe 5
            NDArray
                .of(values, 2, 3)
                .asFortran()
                .reshape(3, 2)
                .getLong(2, 0) shouldBe 2
        }

        test("a meaning of another size is refused") {
            shouldThrow<IllegalArgumentException> { NDArray.of(intArrayOf(1)).reinterpret(DType.Int64) }
            shouldThrow<IllegalArgumentException> { NDArray.of(longArrayOf(1)).reinterpret(DType.Complex64) }
            shouldThrow<IllegalArgumentException> { NDArray.of(intArrayOf(1)).reinterpret(DType.parse(">i4")) }
        }

        test("bytes in either order have the same elements") {
            val little = NDArray.ofBytes(DType.UInt16, bytesOf(1, 2, 3, 4))
            val big = NDArray.ofBytes(DType.parse(">u2"), bytesOf(2, 1, 4, 3))
            little.toIntArray() shouldBe intArrayOf(0x201, 0x403)
            big.toIntArray() shouldBe intArrayOf(0x201, 0x403)
            big.reinterpret(DType.UInt16).toIntArray() shouldBe intArrayOf(0x102, 0x304)
            NDArray.ofBytes(DType.parse(">f8"), bytesOf(0x3f, 0xf0, 0, 0, 0, 0, 0, 0)).toDoubleArray() shouldBe doubleArrayOf(1.0)
        }

        test("complex numbers are seen as pairs of floats without a copy") {
            val values = floatArrayOf(1f, 2f, 3f, 4f)
            val pairs = NDArray.ofComplex(values, 2).interleaved()
            pairs.dtype shouldBe DType.Float32
            pairs.shape shouldBe listOf(2, 2)
            pairs.toFloatArray() shouldBe values
            NDArray.ofBytes(DType.parse(">c8"), Bytes(ByteArray(8))).interleaved().dtype shouldBe DType.parse(">f4")
            shouldThrow<IllegalArgumentException> { NDArray.of(values).interleaved() }
        }

        test("arrays are equal by elements, shape and kind, however they are stored") {
            val local = NDArray.of(shortArrayOf(1, 2, 3, 4), 2, 2)
            val received = NDArray.ofBytes(DType.parse(">i2"), bytesOf(0, 1, 0, 2, 0, 3, 0, 4), 2, 2)
            val fortran = NDArray.of(shortArrayOf(1, 3, 2, 4), 2, 2).asFortran()
            local shouldBe received
            local shouldBe fortran
            local.hashCode() shouldBe received.hashCode()
            local.hashCode() shouldBe fortran.hashCode()
            local shouldNotBe local.reshape(4)
            local shouldNotBe local.reinterpret(DType.UInt16)
            local shouldNotBe NDArray.of(shortArrayOf(1, 2, 3, 5), 2, 2)
            local shouldNotBe NDArray.of(intArrayOf(1, 2, 3, 4), 2, 2)
            NDArray.of(floatArrayOf(Float.NaN)) shouldBe NDArray.of(floatArrayOf(Float.NaN))
            NDArray.of(floatArrayOf(0f)) shouldNotBe NDArray.of(floatArrayOf(-0f))
            NDArray.ofComplex(floatArrayOf(1f, 2f)) shouldNotBe NDArray.ofComplex(floatArrayOf(1f, 3f))
            val text = NDArray.ofBytes(DType.parse("|S2"), bytesOf(1, 2))
            text shouldBe NDArray.ofBytes(DType.parse("|S2"), bytesOf(1, 2))
            text shouldNotBe NDArray.ofBytes(DType.parse("|S2"), bytesOf(1, 3))
        }

        test("its text has shape and dtype only") {
            NDArray.of(intArrayOf(41, 42), 1, 2).toString() shouldBe "NDArray(int32, [1, 2])"
        }

        test("the bytes of a received array are its slice, those of a local one are little-endian") {
            val slice = bytesOf(1, 0)
            NDArray.ofBytes(DType.Int16, slice).toBytes() shouldBeSameInstanceAs slice
            NDArray.of(intArrayOf(1, 256)).toBytes() shouldBe bytesOf(1, 0, 0, 0, 0, 1, 0, 0)
            NDArray.of(booleanArrayOf(true, false)).toBytes() shouldBe bytesOf(1, 0)
            NDArray.of(byteArrayOf(1, 2, 3, 4), 2, 2).asFortran().toBytes() shouldBe bytesOf(1, 3, 2, 4)
        }

        test("more elements than an Int counts are refused") {
            shouldThrow<EncodingException> { Dimensions(intArrayOf(Int.MAX_VALUE, 2)) }
            shouldThrow<EncodingException> { Dimensions(intArrayOf(-2)) }
        }
    })
