package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.SerializationStrategy
import kotlin.time.Instant

/**
 * Writes values by their run-time type (protocol §4.1, §4.2), and typed ones through their serializers; one for each message.
 *
 * Tests for exact final classes come before those for interfaces, which are many times slower. What has been written when an
 * error is thrown is to be thrown away.
 *
 * @property out where the bytes go; for [References] that write parts of their own.
 */
internal class ValueWriter(
    val format: ValueFormat,
    val out: MsgPackWriter,
    val references: References?,
) {
    private val codecs = format.codecs.table
    private val deepest = format.limits.maxDepth
    private var depth = 0
    private var typed: MsgPackEncoder? = null

    /** Writes [value] by its run-time type. */
    fun write(value: Any?) {
        when (value) {
            null -> out.writeNil()
            is String -> out.writeString(value)
            is Int -> out.writeLong(value.toLong())
            is Long -> out.writeLong(value)
            is Double -> out.writeDouble(value)
            is Boolean -> out.writeBoolean(value)
            is ByteArray -> out.writeBinary(value)
            is Bytes -> out.writeBinary(value)
            is Float -> out.writeDouble(value.toDouble())
            is ULong -> out.writeULong(value)
            is Short -> out.writeLong(value.toLong())
            is Byte -> out.writeLong(value.toLong())
            is UInt -> out.writeLong(value.toLong())
            is UShort -> out.writeLong(value.toLong())
            is UByte -> out.writeLong(value.toLong())
            is Char -> out.writeString(value.toString())
            is Unit -> out.writeNil()
            is Arg<*> -> writeArg(value)
            else -> writeObject(value)
        }
    }

    /** Writes [value] as [strategy] says. */
    fun <T> write(
        strategy: SerializationStrategy<T>,
        value: T,
    ) {
        val encoder = typed ?: MsgPackEncoder(this).also { typed = it }
        try {
            encoder.encodeSerializableValue(strategy, value)
        } catch (e: IllegalArgumentException) {
            throw encodingProblem(e)
        }
    }

    private fun writeObject(value: Any) {
        if (writeCoded(value)) return
        when (value) {
            is NDArray -> writeArray(value)
            is OrderedMap -> writeOrderedMap(value)
            is Instant -> out.writeString(value.toString())
            is FloatArray -> writeArray(NDArray.of(value))
            is DoubleArray -> writeArray(NDArray.of(value))
            is IntArray -> writeArray(NDArray.of(value))
            is ShortArray -> writeArray(NDArray.of(value))
            is LongArray -> writeArray(NDArray.of(value))
            is BooleanArray -> writeArray(NDArray.of(value))
            is Array<*> -> writeList(value.asList())
            is RemoteError -> writeError(value)
            is MemoryView -> writeMemoryView(value)
            is Referable -> writeReference(value, null)
            is List<*> -> writeList(value)
            is Map<*, *> -> writeMap(value)
            is Set<*> -> writeSet(value)
            is Collection<*> -> writeList(value)
            is Enum<*> -> writeEnum(value)
            is Flow<*>, is ByteSource -> writeReference(value, null)
            is Throwable -> writeError(remoteError(value))
            else -> writeSerializable(value)
        }
    }

    /** Writes [value] through a codec of the user's if there is one for it. */
    fun writeCoded(value: Any): Boolean {
        val codec = codecs.encoderOf(value) ?: return false
        if (value is Referable) return false
        val encoded = codec.encode(value)
        enter()
        when {
            encoded is Map<*, *> && encoded !is OrderedMap -> writeMap(tagged(encoded, codec.name))
            encoded is Taggable -> write(Tagged(encoded, codec.name))
            else -> write(encoded)
        }
        leave()
        return true
    }

    /** [map] with the [name] of its codec, unless it has one; a sorted map cannot be asked for a key of another class. */
    private fun tagged(
        map: Map<*, *>,
        name: String,
    ): Map<*, *> {
        if (map.keys.any { it == Tags.TYPE }) return map
        if (!map.keys.all(::isTextKey)) throw EncodingException("The codec '$name' made a map with a key that is no text")
        return mapOf(Tags.TYPE to name) + map
    }

    /** Writes a function, a stream or a byte source through the call that holds it. */
    fun writeReference(
        value: Any,
        element: SerializationStrategy<Any?>?,
    ) {
        val references = references ?: throw refused(referenceName(value))
        references.write(value, element, this)
    }

    private fun <T> writeArg(arg: Arg<T>) {
        write(format.serializer(arg.shape), arg.value)
    }

    private fun writeEnum(value: Enum<*>) {
        val serializer = format.serializerOf(value)
        if (serializer == null) out.writeString(value.name) else write(serializer, value)
    }

    private fun writeSerializable(value: Any) {
        if (value is Function<*>) throw bareLambda()
        val serializer = format.serializerOf(value) ?: throw format.unsupported(value)
        write(serializer, value)
    }

    /** Counts [levels] of nesting on the wire; what is nested too deep most likely contains itself. */
    fun enter(levels: Int = 1) {
        depth += levels
        if (depth > deepest) throw EncodingException("Nested deeper than $deepest levels, or it contains itself")
    }

    /** The end of the levels that [enter] began. */
    fun leave(levels: Int = 1) {
        depth -= levels
    }
}
