package io.hypha.rpc.value

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.math.pow
import kotlin.random.Random

class Float16Spec :
    FunSpec({
        /** What the bits mean, computed from the definition. */
        fun meaning(bits: Int): Double {
            val sign = if (bits and 0x8000 == 0) 1.0 else -1.0
            val exponent = bits shr 10 and 0x1f
            val fraction = bits and 0x3ff
            return when (exponent) {
                0 -> sign * fraction * 2.0.pow(-24)
                0x1f -> if (fraction == 0) sign * Double.POSITIVE_INFINITY else Double.NaN
                else -> sign * (1 + fraction / 1024.0) * 2.0.pow(exponent - 15)
            }
        }

        test("every half has the value that its bits define") {
            for (bits in 0..0xffff) {
                withClue("bits $bits") { Float16.toFloat(bits.toShort()).toDouble().toBits() shouldBe meaning(bits).toBits() }
            }
        }

        test("every half that is a number comes back with the same bits") {
            for (bits in 0..0xffff) {
                if (meaning(bits).isNaN()) continue
                withClue("bits $bits") { Float16.fromFloat(Float16.toFloat(bits.toShort())) shouldBe bits.toShort() }
            }
        }

        test("NaN stays NaN") {
            for (bits in 0x7c01..0x7fff) Float16.toFloat(Float16.fromFloat(Float16.toFloat(bits.toShort()))).isNaN() shouldBe true
        }

        test("a float becomes the nearest half, the even one when two are equally near") {
            val finite = (0..0x7bff).map { Float16.toFloat(it.toShort()) }

            fun nearest(value: Float): Int {
                val at = finite.binarySearch(value)
                if (at >= 0) return at
                val above = -at - 1
                val below = above - 1
                if (above == finite.size) return below
                val toBelow = value.toDouble() - finite[below]
                val toAbove = finite[above].toDouble() - value
                return if (toBelow < toAbove || (toBelow == toAbove && below % 2 == 0)) below else above
            }

            val random = Random(7)
            repeat(200_000) {
                val value = abs(Float.fromBits(random.nextInt()))
                if (value < 65504f) withClue("value $value") { Float16.fromFloat(value).toInt() shouldBe nearest(value) }
            }
            for (i in 0 until finite.size - 1) {
                val middle = ((finite[i].toDouble() + finite[i + 1]) / 2).toFloat()
                withClue("middle $middle") {
                    Float16.fromFloat(middle).toInt() shouldBe (if (i % 2 == 0) i else i + 1)
                    Float16.fromFloat(-middle) shouldBe ((if (i % 2 == 0) i else i + 1) or 0x8000).toShort()
                }
            }
        }

        test("what is too large becomes infinite, from the middle between the largest half and the next power of two on") {
            Float16.fromFloat(65519.996f) shouldBe 0x7bff.toShort()
            Float16.fromFloat(65520f) shouldBe 0x7c00.toShort()
            Float16.fromFloat(-1e10f) shouldBe 0xfc00.toShort()
            Float16.fromFloat(Float.POSITIVE_INFINITY) shouldBe 0x7c00.toShort()
        }

        test("what is too small becomes a zero with its sign") {
            Float16.fromFloat(2.0.pow(-25).toFloat()) shouldBe 0.toShort()
            Float16.fromFloat(-1e-30f) shouldBe 0x8000.toShort()
            Float16.fromFloat(2.0.pow(-25).toFloat() * 1.0001f) shouldBe 1.toShort()
        }
    })
