package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe

/** What [value] looks like on the wire when it is written by its run-time type, `_rtype` maps as maps. */
internal fun wireOf(
    value: Any?,
    format: ValueFormat = ValueFormat(),
    references: References? = null,
): Any? = wireTree { format.write(value, it, references) }

/** The same for a value with a static type. */
internal inline fun <reified T> typedWireOf(
    value: T,
    format: ValueFormat = ValueFormat(),
    references: References? = null,
): Any? = wireTree { format.write(format.serializer(shape<T>()), value, it, references) }

internal fun wireTree(write: (MsgPackWriter) -> Unit): Any? {
    val reader = MsgPackReader(encoded(write))
    val tree = PlainValues.read(reader)
    reader.remaining shouldBe 0
    return tree
}

internal fun encoded(write: (MsgPackWriter) -> Unit): Bytes {
    val out = MsgPackWriter()
    write(out)
    return Bytes(out.finish().toByteArray())
}

/** A reader of the wire form [tree]. */
internal fun wire(tree: Any?): MsgPackReader = MsgPackReader(encoded { PlainValues.write(it, tree) })

/** What the wire form [tree] is read as when no type is asked for. */
internal fun valueOf(
    tree: Any?,
    format: ValueFormat = ValueFormat(),
    references: References? = null,
): Any? {
    val reader = wire(tree)
    return format.read(reader, references).also { reader.remaining shouldBe 0 }
}

/** What the wire form [tree] is read as when [T] is asked for; all of it must have been consumed. */
internal inline fun <reified T> typedValueOf(
    tree: Any?,
    format: ValueFormat = ValueFormat(),
    references: References? = null,
): T {
    val reader = wire(tree)
    return format.read(format.serializer(shape<T>()), reader, references).also { reader.remaining shouldBe 0 }
}

/** Checks that [block] fails with a problem at [path], and returns the problem. */
internal fun problemAt(
    path: String,
    block: () -> Unit,
): String {
    val failure = shouldThrow<EncodingException> { block() }
    failure.path shouldBe path
    return failure.problem
}

internal fun bytesOf(vararg values: Int): Bytes = Bytes(ByteArray(values.size) { values[it].toByte() })

/** The wire form of an `ndarray` of one-byte elements or of the bytes given. */
internal fun ndarray(
    dtype: String?,
    shape: List<Int>,
    vararg bytes: Int,
): Map<String, Any?> =
    mapOf(
        "_rtype" to "ndarray",
        "_rvalue" to bytesOf(*bytes),
        "_rshape" to
            shape.map {
                it.toLong()
            },
        "_rdtype" to dtype,
    )

internal fun typedarray(
    dtype: String?,
    vararg bytes: Int,
): Map<String, Any?> = mapOf("_rtype" to "typedarray", "_rvalue" to bytesOf(*bytes), "_rdtype" to dtype)

internal fun memoryview(vararg bytes: Int): Map<String, Any?> = mapOf("_rtype" to "memoryview", "_rvalue" to bytesOf(*bytes))

internal fun set(vararg elements: Any?): Map<String, Any?> = mapOf("_rtype" to "set", "_rvalue" to elements.asList())

internal fun orderedmap(vararg entries: Pair<Any?, Any?>): Map<String, Any?> =
    mapOf("_rtype" to "orderedmap", "_rvalue" to entries.map { listOf(it.first, it.second) })
