package io.hypha.rpc.value

import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** Arrays of numbers that are objects on the JVM, wherever they stand in a type. */
class BoxedArraysTest {
    @Test
    fun `an array of numbers is read as what it is`() {
        roundTrip(shape<Array<Int>>(), arrayOf(1, 2)).toList() shouldBe listOf(1, 2)
        roundTrip(shape<Array<Long?>>(), arrayOf(1L, null)).toList() shouldBe listOf(1L, null)
        roundTrip(shape<Array<Array<Double>>>(), arrayOf(arrayOf(1.0))).map { it.toList() } shouldBe listOf(listOf(1.0))
        roundTrip(shape<Map<String, Array<Boolean>>>(), mapOf("a" to arrayOf(true))).getValue("a").toList() shouldBe listOf(true)
        roundTrip(shape<Array<String>>(), arrayOf("a")).toList() shouldBe listOf("a")
    }

    private fun <T> roundTrip(
        shape: Shape<T>,
        value: T,
    ): T {
        val format = ValueFormat()
        val serializer = format.serializer(shape)
        val out = MsgPackWriter()
        format.write(serializer, value, out, references = null)
        return format.read(serializer, MsgPackReader(out.finish().toBytes(), format.limits), references = null)
    }
}
