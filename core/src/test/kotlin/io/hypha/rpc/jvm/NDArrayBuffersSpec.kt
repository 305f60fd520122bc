package io.hypha.rpc.jvm

import io.hypha.rpc.value.DType
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder

class NDArrayBuffersSpec :
    FunSpec({
        /** Two elements of a type, received in the middle of a larger array. */
        fun received(
            dtype: String,
            vararg bytes: Int,
        ): Pair<ByteArray, NDArray> {
            val whole = ByteArray(bytes.size + 6)
            for (i in bytes.indices) whole[3 + i] = bytes[i].toByte()
            return whole to NDArray.ofBytes(DType.parse(dtype), Bytes(whole, 3, bytes.size))
        }

        test("views of local arrays are on the caller's own array") {
            val floats = floatArrayOf(1f, 2f)
            val view = NDArray.of(floats).asFloatBuffer()
            floats[1] = 5f
            view.get(1) shouldBe 5f

            NDArray.of(doubleArrayOf(1.0)).asDoubleBuffer().get(0) shouldBe 1.0
            NDArray.of(shortArrayOf(7)).asShortBuffer().get(0) shouldBe 7
            NDArray.of(intArrayOf(7)).asIntBuffer().get(0) shouldBe 7
            NDArray.of(longArrayOf(7)).asLongBuffer().get(0) shouldBe 7
            NDArray.of(byteArrayOf(7)).asByteBuffer().get(0) shouldBe 7
        }

        test("views of received arrays are on the message, in the byte order of the array") {
            val (whole, shorts) = received("uint16", 1, 2, 3, 4)
            shorts.asShortBuffer().run {
                remaining() shouldBe 2
                get(0) shouldBe 0x201
                whole[3] = 9
                get(0) shouldBe 0x209
            }
            received(">i4", 0, 0, 1, 0).second.asIntBuffer().get(0) shouldBe 256
            received("float32", 0, 0, 0x80, 0x3f).second.asFloatBuffer().get(0) shouldBe 1f
            received(">f8", 0x3f, 0xf0, 0, 0, 0, 0, 0, 0).second.asDoubleBuffer().get(0) shouldBe 1.0
            received("int64", 5, 0, 0, 0, 0, 0, 0, 0).second.asLongBuffer().get(0) shouldBe 5
            received("complex64", 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40).second.asFloatBuffer().get(1) shouldBe 2f
        }

        test("bytes of a received array start at its first element and know their order") {
            val view = received(">u2", 1, 2).second.asByteBuffer()
            view.remaining() shouldBe 2
            view.order() shouldBe ByteOrder.BIG_ENDIAN
            view.short shouldBe 0x102
            received("uint16", 1, 2).second.asByteBuffer().order() shouldBe ByteOrder.LITTLE_ENDIAN
        }

        test("views cannot be written to") {
            NDArray.of(floatArrayOf(1f)).asFloatBuffer().isReadOnly shouldBe true
            received("float32", 0, 0, 0, 0).second.asFloatBuffer().isReadOnly shouldBe true
            received("uint8", 0).second.asByteBuffer().isReadOnly shouldBe true
        }

        test("a view of another type of number is refused") {
            val ints = NDArray.of(intArrayOf(1))
            shouldThrow<IllegalArgumentException> { ints.asFloatBuffer() }
            shouldThrow<IllegalArgumentException> { ints.asDoubleBuffer() }
            shouldThrow<IllegalArgumentException> { ints.asShortBuffer() }
            shouldThrow<IllegalArgumentException> { ints.asLongBuffer() }
            shouldThrow<IllegalArgumentException> { ints.asByteBuffer() }
            shouldThrow<IllegalArgumentException> { NDArray.of(floatArrayOf(1f)).asIntBuffer() }
        }

        test("an array of a heap buffer keeps its memory, position and byte order") {
            val buffer = ByteBuffer.allocate(10)
            (buffer as Buffer).position(2)
            buffer.putShort(2, 258)
            val array = NDArray.of(DType.Int16, buffer, 2, 2)
            array.dtype.name shouldBe ">i2"
            array.getLong(0, 0) shouldBe 258
            buffer.position() shouldBe 2
            buffer.putShort(8, 7)
            array.getLong(1, 1) shouldBe 7
            NDArray.of(DType.Int16, buffer.order(ByteOrder.LITTLE_ENDIAN)).dtype shouldBe DType.Int16
        }

        test("an array of a direct or read-only buffer is a copy") {
            val direct = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN)
            direct.putInt(0, 5)
            val array = NDArray.of(DType.Int32, direct)
            direct.putInt(0, 6)
            array.getLong(0) shouldBe 5
            direct.position() shouldBe 0
            NDArray.of(DType.UInt8, ByteBuffer.wrap(byteArrayOf(1, 2)).asReadOnlyBuffer(), 2).toByteArray() shouldBe byteArrayOf(1, 2)
        }

        test("bytes that do not fit the shape are refused") {
            shouldThrow<IllegalArgumentException> { NDArray.of(DType.Int32, ByteBuffer.allocate(6)) }
            shouldThrow<IllegalArgumentException> { NDArray.of(DType.Int32, ByteBuffer.allocate(8), 3) }
        }
    })
