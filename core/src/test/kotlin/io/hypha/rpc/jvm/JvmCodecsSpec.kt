package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.Codecs
import io.hypha.rpc.value.FakeReferences
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.memoryview
import io.hypha.rpc.value.wireOf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.io.ByteArrayInputStream
import java.math.BigInteger
import java.nio.Buffer
import java.nio.ByteBuffer

class JvmCodecsSpec :
    FunSpec({
        val format = ValueFormat(Codecs(defaults = JvmCodecs.all))

        test("an input stream travels as a source of bytes") {
            val references = FakeReferences(format)
            val form = wireOf(ByteArrayInputStream(byteArrayOf(1)), format, references) as Map<*, *>
            form["_rtype"] shouldBe "iostream"
        }

        test("a buffer travels as a memory view of what remains of it, and stays where it is") {
            val buffer = ByteBuffer.wrap(byteArrayOf(1, 2, 3, 4))
            (buffer as Buffer).position(1).limit(3)
            wireOf(buffer, format) shouldBe memoryview(2, 3)
            buffer.position() shouldBe 1
            val direct = ByteBuffer.allocateDirect(2).put(1, 9)
            wireOf(direct, format) shouldBe memoryview(0, 9)
        }

        test("a large integer travels exactly as long as 64 bits hold it") {
            wireOf(BigInteger.ONE.shiftLeft(64) - BigInteger.ONE, format) shouldBe ULong.MAX_VALUE
            wireOf(BigInteger.ONE.shiftLeft(63).negate(), format) shouldBe Long.MIN_VALUE
            wireOf(BigInteger.valueOf(-1), format) shouldBe -1L
            shouldThrow<EncodingException> { wireOf(listOf(BigInteger.ONE.shiftLeft(64)), format) }.path shouldBe "[0]"
            shouldThrow<EncodingException> { wireOf(BigInteger.ONE.shiftLeft(63).negate() - BigInteger.ONE, format) }
        }
    })
