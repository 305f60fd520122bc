package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RecordedFrame
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.Serializable

/** Values as the Python and the JavaScript client really sent them. */
class RecordedValuesSpec :
    FunSpec({
        val format = ValueFormat()
        val references = FakeReferences()

        /** The first arguments of all recorded calls and replies of a scenario that have any, still encoded. */
        fun firstArguments(scenario: String): List<Bytes> =
            RecordedFrame.all
                .filter { it.name.endsWith(" $scenario") }
                .mapNotNull(::firstArgument)
                .also { it.shouldNotBeEmpty() }

        fun values(scenario: String): List<Any?> = firstArguments(scenario).map { format.read(MsgPackReader(it), references) }

        test("every recorded payload is read, and what is written of it again is read as the same") {
            var compared = 0
            for (frame in RecordedFrame.all) {
                val payload = secondSegment(frame) ?: continue
                withClue(frame.name) {
                    val value = format.read(MsgPackReader(payload), references)
                    if (hasStream(value)) return@withClue
                    val again = encoded { format.write(value, it, references) }
                    format.read(MsgPackReader(again), references) shouldBe value
                    compared++
                }
            }
            (compared > 400) shouldBe true
        }

        test("what is not an array or memory view is written again byte for byte as it came") {
            for (scenario in listOf("py types()", "js->py echo Set", "js->py echo Map", "js->py echo dict", "py->js echo big int 2**62")) {
                for (recorded in firstArguments(scenario)) {
                    withClue(scenario) {
                        encoded { format.write(format.read(MsgPackReader(recorded), null), it, null) } shouldBe recorded
                    }
                }
            }
        }

        test("Python's arrays of every dtype have their elements and shape") {
            for (name in listOf("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "float32", "float64")) {
                for (value in values("py->js echo ndarray $name")) {
                    withClue(name) {
                        value.shouldBeInstanceOf<NDArray>()
                        value.dtype.name shouldBe name
                        value.shape shouldBe listOf(2, 3)
                        value.toDoubleArray() shouldBe doubleArrayOf(0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
                    }
                }
                for (recorded in firstArguments("py->js echo ndarray $name")) {
                    val rows = format.read(format.serializer(shape<List<List<Double>>>()), MsgPackReader(recorded), null)
                    rows shouldBe listOf(listOf(0.0, 1.0, 2.0), listOf(3.0, 4.0, 5.0))
                }
            }
            for (value in values("py->js echo ndarray bool")) {
                (value as NDArray).toBooleanArray() shouldBe booleanArrayOf(false, true, true, true, true, true)
            }
        }

        test("a Python map of arrays has unsigned, complex, scalar and zero-dimensional ones as well") {
            for (value in values("py arrays()")) {
                val arrays = value as Map<*, *>
                (arrays["uint64"] as NDArray).getULong(1, 2) shouldBe 5uL
                (arrays["c64"] as NDArray)[0] shouldBe Complex(1.0, 2.0)
                (arrays["empty"] as NDArray).shape shouldBe listOf(0, 3)
                (arrays["scalar"] as NDArray).item() shouldBe 3.5
                (arrays["zero_d"] as NDArray).item() shouldBe 7L
                (arrays["float32"] as NDArray).toBytes().size shouldBe 24
            }
            for (recorded in firstArguments("py arrays()")) {
                val read = format.read(RecordedArrays.serializer(), MsgPackReader(recorded), null)
                read.scalar shouldBe 3.5
                read.zero_d shouldBe 7
                read.float64 shouldBe listOf(listOf(0.0, 1.0, 2.0), listOf(3.0, 4.0, 5.0))
            }
        }

        test("JavaScript's typed arrays are arrays of one dimension, also once Python has sent them back") {
            for (name in listOf("Int8", "Int16", "Int32", "Uint16", "Uint32", "Float32", "Float64")) {
                for (recorded in firstArguments("js->py echo ${name}Array")) {
                    withClue(name) {
                        val value = format.read(MsgPackReader(recorded), null)
                        value.shouldBeInstanceOf<NDArray>()
                        value.dtype.name shouldBe name.lowercase()
                        value.toLongArray() shouldBe longArrayOf(1, 2, 3)
                        format.read(format.serializer(shape<FloatArray>()), MsgPackReader(recorded), null) shouldBe floatArrayOf(1f, 2f, 3f)
                        format.read(format.serializer(shape<Set<Int>>()), MsgPackReader(recorded), null) shouldBe setOf(1, 2, 3)
                    }
                }
            }
        }

        test("sets, maps, buffers and errors are what they were") {
            values("js->py echo Set").forEach { it shouldBe setOf(1L, 2L) }
            values("js->py echo Map").first() shouldBe OrderedMap("a" to 1, "b" to 2)
            values("js->py echo ArrayBuffer").forEach { it shouldBe bytesOf(1, 2) }
            values("js->py echo DataView").forEach { it shouldBe bytesOf(1, 2) }
            values("py->js echo memoryview").forEach { it shouldBe bytesOf('a'.code, 'b'.code) }
            values("py->js echo exception").first() shouldBe RemoteError("v", "ValueError: v\n")
            for (value in values("py special()")) {
                val special = value as Map<*, *>
                special["set"] shouldBe setOf(1L, 2L, 3L)
                special["od"] shouldBe mapOf("a" to 1L, "b" to 2L)
                special["err"] shouldBe RemoteError("boom", "ValueError: boom\n")
                special["mv"] shouldBe bytesOf('a'.code, 'b'.code, 'c'.code)
            }
        }

        test("a file is a source of bytes with its functions") {
            for (value in values("js->py echo Blob").take(2)) {
                value.shouldBeInstanceOf<FakeRemoteSource>().entries["read"].shouldBeInstanceOf<FakeRemoteFunction>()
            }
        }

        test("an array of several chunks is a slice of the message that was put together") {
            val large = NDArray.of(FloatArray(100_000) { it.toFloat() }, 100, 1000)
            val message = encoded { format.write(listOf(large), it, null) }
            val read = (format.read(MsgPackReader(message), null) as List<*>).single() as NDArray
            (read.toBytes().array === message.array) shouldBe true
            read shouldBe large
        }
    })

@Serializable
@Suppress("ktlint:standard:property-naming", "PropertyName", "ConstructorParameterNaming")
private class RecordedArrays(
    val scalar: Double,
    val zero_d: Int,
    val float64: List<List<Double>>,
)

private fun secondSegment(frame: RecordedFrame): Bytes? {
    val reader = MsgPackReader(Bytes(frame.bytes))
    reader.skip()
    return if (reader.remaining > 0) reader.skipSlice() else null
}

private fun firstArgument(frame: RecordedFrame): Bytes? {
    val payload = secondSegment(frame) ?: return null
    val arguments = (PlainValues.read(MsgPackReader(payload)) as Map<*, *>)["args"] as? List<*>
    if (arguments.isNullOrEmpty()) return null
    return encoded { PlainValues.write(it, arguments[0]) }
}

private fun hasStream(value: Any?): Boolean =
    when (value) {
        is Flow<*>, is ByteSource -> true
        is Map<*, *> -> value.values.any(::hasStream)
        is Iterable<*> -> value.any(::hasStream)
        else -> false
    }
