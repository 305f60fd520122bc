package io.hypha.rpc.value

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.types.shouldBeSameInstanceAs

class DTypeSpec :
    FunSpec({
        test("full names and little-endian codes are the same types") {
            val codes =
                mapOf(
                    "int8" to "|i1",
                    "int16" to "<i2",
                    "int32" to "<i4",
                    "int64" to "<i8",
                    "uint8" to "|u1",
                    "uint16" to "<u2",
                    "uint32" to "<u4",
                    "uint64" to "<u8",
                    "float16" to "<f2",
                    "float32" to "<f4",
                    "float64" to "<f8",
                    "bool" to "|b1",
                    "complex64" to "<c8",
                    "complex128" to "<c16",
                )
            for ((name, code) in codes) {
                DType.parse(code) shouldBeSameInstanceAs DType.parse(name)
                DType.parse(name).name shouldBe name
                DType.parse(code.drop(1)) shouldBe DType.parse(name)
            }
        }

        test("big-endian types keep their name and differ from little-endian ones") {
            val big = DType.parse(">f4")
            big.name shouldBe ">f4"
            big.kind shouldBe DTypeKind.Float
            big.itemSize shouldBe 4
            big.isLittleEndian shouldBe false
            big shouldNotBe DType.Float32
            big shouldBe DType.parse(">f4")
            big.hashCode() shouldBe DType.parse(">f4").hashCode()
        }

        test("a byte order means nothing where there is one byte") {
            DType.parse(">u1") shouldBeSameInstanceAs DType.UInt8
            DType.parse(">b1") shouldBeSameInstanceAs DType.Bool
        }

        test("no name means bytes") {
            DType.parse(null) shouldBeSameInstanceAs DType.UInt8
        }

        test("the sizes are those of numpy") {
            DType.Complex128.itemSize shouldBe 16
            DType.Float16.itemSize shouldBe 2
            DType.UInt64.itemSize shouldBe 8
        }

        test("what is no number stays opaque under its own name, with the element size when the name tells it") {
            val sizes =
                mapOf(
                    "datetime64[ns]" to 8,
                    "timedelta64[s]" to 8,
                    "<M8[ns]" to 8,
                    "<U5" to 20,
                    "|S3" to 3,
                    "|V12" to 12,
                    "float128" to 16,
                    "object" to 0,
                    "" to 0,
                    "<U99999999999" to 0,
                    "[('a', '<i4')]" to 0,
                )
            for ((name, size) in sizes) {
                val dtype = DType.parse(name)
                dtype.kind shouldBe DTypeKind.Opaque
                dtype.name shouldBe name
                dtype.itemSize shouldBe size
            }
            DType.parse("<U5") shouldNotBe DType.parse("|V20")
        }

        test("JavaScript decodes exactly eight types in a typed array") {
            val all =
                listOf(
                    "int8",
                    "int16",
                    "int32",
                    "int64",
                    "uint8",
                    "uint16",
                    "uint32",
                    "uint64",
                    "float16",
                    "float32",
                    "float64",
                    "bool",
                    "complex64",
                    "complex128",
                    ">f4",
                    "<U5",
                )
            all.filter { DType.parse(it).isTypedArray } shouldBe
                listOf("int8", "int16", "int32", "uint8", "uint16", "uint32", "float32", "float64")
        }

        test("the other byte order of a type is found and found back") {
            for (dtype in listOf(DType.Int16, DType.UInt64, DType.Float16, DType.Complex64)) {
                val big = dtype.inOrder(littleEndian = false)
                big.isLittleEndian shouldBe false
                big.inOrder(littleEndian = true) shouldBeSameInstanceAs dtype
            }
            DType.Bool.inOrder(littleEndian = false) shouldBeSameInstanceAs DType.Bool
        }
    })
