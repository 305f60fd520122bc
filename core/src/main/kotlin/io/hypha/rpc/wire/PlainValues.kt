package io.hypha.rpc.wire

import io.hypha.rpc.EncodingException
import io.hypha.rpc.InternalHyphaApi

/**
 * Values as they stand on the wire, `_rtype` maps left as maps: nil, `Boolean`, `Long` or `ULong`, `Double`, `String`, [Bytes],
 * [WireTimestamp], `List` and `Map<String, Any?>` in the order received. For routing and for everything that passes values on.
 */
@InternalHyphaApi
public object PlainValues {
    /** Lists and maps grow to larger sizes as their elements really arrive: a declared count may be a lie at every level. */
    private const val LARGEST_GUESS = 256

    /** Reads one value; the reader's limits apply. When a map holds a key twice, the last one counts. */
    public fun read(reader: MsgPackReader): Any? =
        when (reader.peek()) {
            WireType.String -> {
                reader.readString()
            }

            WireType.Integer -> {
                reader.readInteger()
            }

            WireType.Map -> {
                readMap(reader)
            }

            WireType.Array -> {
                readList(reader)
            }

            WireType.Nil -> {
                reader.readNil()
                null
            }

            WireType.Boolean -> {
                reader.readBoolean()
            }

            WireType.Float -> {
                reader.readDouble()
            }

            WireType.Binary -> {
                reader.readBinary()
            }

            WireType.Extension -> {
                reader.readTimestamp()
            }

            WireType.End -> {
                throw reader.unexpected("a value")
            }
        }

    private fun readList(reader: MsgPackReader): List<Any?> {
        reader.enter()
        val count = reader.readArrayHeader()
        val list = ArrayList<Any?>(minOf(count, LARGEST_GUESS))
        repeat(count) { list.add(read(reader)) }
        reader.leave()
        return list
    }

    private fun readMap(reader: MsgPackReader): Map<String, Any?> {
        reader.enter()
        val count = reader.readMapHeader()
        val map = LinkedHashMap<String, Any?>(minOf(count, LARGEST_GUESS) * 4 / 3 + 1)
        repeat(count) { map[reader.readKey()] = read(reader) }
        reader.leave()
        return map
    }

    /**
     * Writes one value of the types that [read] returns, or another standard number type or `ByteArray`.
     *
     * @throws EncodingException with the path for any other type, keys that are no text, and nesting beyond the default limit.
     */
    public fun write(
        writer: MsgPackWriter,
        value: Any?,
    ) {
        write(writer, value, 0)
    }

    // Final classes first: a test for an interface is many times slower, and most values are not lists or maps.
    private fun write(
        writer: MsgPackWriter,
        value: Any?,
        depth: Int,
    ) {
        when (value) {
            null -> writer.writeNil()
            is String -> writer.writeString(value)
            is Long -> writer.writeLong(value)
            is Int -> writer.writeLong(value.toLong())
            is Double -> writer.writeDouble(value)
            is Boolean -> writer.writeBoolean(value)
            is Bytes -> writer.writeBinary(value)
            is ByteArray -> writer.writeBinary(value)
            is ULong -> writer.writeULong(value)
            is Float -> writer.writeDouble(value.toDouble())
            is Short -> writer.writeLong(value.toLong())
            is Byte -> writer.writeLong(value.toLong())
            is WireTimestamp -> writer.writeTimestamp(value)
            is Map<*, *> -> writeMap(writer, value, depth + 1)
            is List<*> -> writeList(writer, value, depth + 1)
            else -> throw EncodingException("${value::class.simpleName} is no plain value")
        }
    }

    private fun writeList(
        writer: MsgPackWriter,
        list: List<*>,
        depth: Int,
    ) {
        checkDepth(depth)
        writer.writeArrayHeader(list.size)
        var index = 0
        try {
            for (element in list) {
                write(writer, element, depth)
                index++
            }
        } catch (e: EncodingException) {
            throw e.within("[$index]")
        }
    }

    private fun writeMap(
        writer: MsgPackWriter,
        map: Map<*, *>,
        depth: Int,
    ) {
        checkDepth(depth)
        writer.writeMapHeader(map.size)
        for ((key, value) in map) {
            if (key !is String) throw EncodingException("A map key must be text, not ${key?.let { it::class.simpleName }}")
            try {
                writer.writeString(key)
                write(writer, value, depth)
            } catch (e: EncodingException) {
                throw e.within(key)
            }
        }
    }

    private fun checkDepth(depth: Int) {
        val limit = WireLimits.Default.maxDepth
        if (depth > limit) throw EncodingException("Lists and maps are nested beyond the limit of $limit")
    }
}
