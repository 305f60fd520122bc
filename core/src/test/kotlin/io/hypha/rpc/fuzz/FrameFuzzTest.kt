package io.hypha.rpc.fuzz

import com.code_intelligence.jazzer.junit.FuzzTest
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RoutingHeader
import io.hypha.rpc.wire.encoded
import io.hypha.rpc.wire.reader
import io.hypha.rpc.wire.written
import org.junit.jupiter.params.provider.MethodSource

/** Whatever bytes arrive as a frame, they are read, or refused by name, at a cost that their number bounds. */
class FrameFuzzTest {
    @MethodSource("io.hypha.rpc.fuzz.Seeds#frames")
    @FuzzTest
    fun `any bytes are a frame or are refused`(bytes: ByteArray) {
        withinCostOf(bytes.size) {
            readsAsFarAsItSkips(bytes)
            readsTheHeader(bytes)
        }
    }

    /** Values one after the other: reading ends where passing over ends, and what was read is the same when it is written and read again. */
    private fun readsAsFarAsItSkips(bytes: ByteArray) {
        val reading = reader(bytes)
        val skipping = reader(bytes)
        while (reading.remaining > 0) {
            val value = orRefusal { PlainValues.read(reading) }
            val slice = orRefusal { skipping.skipSlice() }
            if (!value.isValue) return
            demand(slice.isValue) { "what can be read cannot be passed over: ${slice.refusal}" }
            demand(reading.position == skipping.position) { "read to ${reading.position}, passed over to ${skipping.position}" }
            val again = encoded(value.value)
            val second = reader(again)
            demand(PlainValues.read(second) == value.value && second.remaining == 0) { "${value.value} does not come back" }
        }
    }

    /** The header is one value, and is the same when it is written and read again. */
    private fun readsTheHeader(bytes: ByteArray) {
        val reader = reader(bytes)
        val header = orRefusal { RoutingHeader.read(reader) }.value ?: return
        val end = reader(bytes).apply { skip() }.position
        demand(reader.position == end) { "the header ends at ${reader.position}, its map at $end" }
        val again = RoutingHeader.read(reader(written { header.write(this) }))
        demand(fields(again) == fields(header)) { "${fields(header)} is ${fields(again)} when it comes back" }
    }

    private fun fields(header: RoutingHeader) =
        listOf(header.type, header.from, header.to, header.method, header.session, header.parent, header.ws, header.user)
}
