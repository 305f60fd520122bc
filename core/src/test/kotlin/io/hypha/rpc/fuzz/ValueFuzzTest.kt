package io.hypha.rpc.fuzz

import com.code_intelligence.jazzer.junit.FuzzTest
import io.hypha.rpc.value.Everything
import io.hypha.rpc.value.Figure
import io.hypha.rpc.value.Mood
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.Sample
import io.hypha.rpc.value.Settings
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.Tree
import io.hypha.rpc.value.Unsigned
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.encoded
import io.hypha.rpc.value.shape
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import kotlinx.coroutines.flow.Flow
import org.junit.jupiter.params.provider.MethodSource
import kotlin.time.Instant

/** Whatever bytes arrive as a value, they are decoded into whatever type is wanted, or refused by name. */
class ValueFuzzTest {
    private val format = ValueFormat()
    private val references = HeldReferences

    @MethodSource("io.hypha.rpc.fuzz.Seeds#values")
    @FuzzTest
    fun `any bytes are a value or are refused, with and without a type`(bytes: ByteArray) {
        dynamic(Bytes(bytes))
        // The last byte chooses the type, so that one input is not decoded a score of times.
        if (bytes.isNotEmpty()) typed(shapes[(bytes.last().toInt() and 0xff) % shapes.size], Bytes(bytes, 0, bytes.size - 1))
    }

    private fun dynamic(bytes: Bytes) {
        withinCostOf(bytes.size) { orRefusal { format.read(MsgPackReader(bytes), references) } }
        val reader = MsgPackReader(bytes)
        val value = orRefusal { format.read(reader, references) }
        if (!value.isValue) return
        val end = MsgPackReader(bytes).apply { skip() }.position
        demand(reader.position == end) { "read to ${reader.position}, the value ends at $end" }
        val sent = encoded { format.write(value.value, it, references) }
        val again = format.read(MsgPackReader(sent), references)
        // Times without a type are sent as text, so they come back as that.
        demand(again == value.value || again.toString() == value.value.toString()) { "${value.value} is $again when it comes back" }
        demand(encoded { format.write(again, it, references) } == sent) { "$again is written differently the second time" }
    }

    private fun <T> typed(
        shape: Shape<T>,
        bytes: Bytes,
    ) {
        val serializer = format.serializer(shape)
        withinCostOf(bytes.size) { orRefusal { format.read(serializer, MsgPackReader(bytes), references) } }
        val reader = MsgPackReader(bytes)
        val value = orRefusal { format.read(serializer, reader, references) }
        if (!value.isValue) return
        val end = MsgPackReader(bytes).apply { skip() }.position
        demand(reader.position == end) { "$shape: read to ${reader.position}, the value ends at $end" }
        if (value.value is Flow<*>) return
        @Suppress("UNCHECKED_CAST") // Null only when the shape allows it.
        val sent = encoded { format.write(serializer, value.value as T, it, references) }
        val again = format.read(serializer, MsgPackReader(sent), references)
        // Arrays have no equality of their own: what is written of them has.
        demand(
            encoded { format.write(serializer, again, it, references) } == sent,
        ) { "$shape: ${value.value} is $again when it comes back" }
    }

    private companion object {
        val shapes: List<Shape<*>> =
            listOf(
                shape<Int>(),
                shape<Byte?>(),
                shape<Long>(),
                shape<ULong>(),
                shape<Float>(),
                shape<Double?>(),
                shape<Boolean>(),
                shape<Char>(),
                shape<String>(),
                shape<Bytes>(),
                shape<ByteArray>(),
                shape<IntArray>(),
                shape<DoubleArray>(),
                shape<FloatArray>(),
                shape<BooleanArray>(),
                shape<NDArray>(),
                shape<OrderedMap>(),
                shape<Instant>(),
                shape<List<Int>>(),
                shape<List<List<Double>>>(),
                shape<Set<String>>(),
                shape<Map<String, Any?>>(),
                shape<Map<Int, Any>>(),
                shape<Pair<Int, String>>(),
                shape<Flow<Int>>(),
                shape<Mood>(),
                shape<Figure>(),
                shape<List<Figure?>>(),
                shape<Tree>(),
                shape<Settings>(),
                shape<Unsigned>(),
                shape<Everything>(),
                shape<Sample>(),
                shape<Any?>(),
            )
    }
}
