package io.hypha.rpc.call

import io.hypha.rpc.value.References
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.MsgPackWriter

/** Writes [value], which is known to fit [shape] although the compiler does not know it here. */
internal fun ValueFormat.writeAs(
    shape: Shape<*>,
    value: Any?,
    out: MsgPackWriter,
    references: References?,
) {
    @Suppress("UNCHECKED_CAST")
    write(serializer(shape as Shape<Any?>), value, out, references)
}
