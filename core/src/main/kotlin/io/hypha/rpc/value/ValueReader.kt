package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType
import kotlinx.serialization.DeserializationStrategy
import kotlin.time.Instant

/** Reads values as whatever they are (protocol §4), and typed ones through their deserializers; one for each message. */
internal class ValueReader(
    val format: ValueFormat,
    val reader: MsgPackReader,
    val references: References?,
) {
    val codecs = format.codecs.table
    private var typed: MsgPackDecoder? = null

    /** Reads the next value. */
    fun read(): Any? =
        when (reader.peek()) {
            WireType.String -> {
                reader.readString()
            }

            WireType.Integer -> {
                reader.readInteger()
            }

            WireType.Map -> {
                readMap()
            }

            WireType.Array -> {
                readList()
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
                readInstant(reader)
            }

            WireType.End -> {
                throw reader.unexpected("a value")
            }
        }

    /** Reads the next value as [strategy] wants it. */
    fun <T> read(strategy: DeserializationStrategy<T>): T {
        val decoder = typed ?: MsgPackDecoder(this).also { typed = it }
        try {
            return decoder.decodeSerializableValue(strategy)
        } catch (e: IllegalArgumentException) {
            throw encodingProblem(e)
        }
    }

    private fun readList(): List<Any?> {
        reader.enter()
        val count = reader.readArrayHeader()
        val list = ArrayList<Any?>(minOf(count, LARGEST_GUESS))
        try {
            while (list.size < count) list.add(read())
        } catch (e: EncodingException) {
            throw e.within("[${list.size}]")
        }
        reader.leave()
        return list
    }

    private fun readMap(): Any? {
        val entries = readEntries()
        val tag = entries[Tags.TYPE] as? String ?: return entries
        return typedValue(tag, entries)
    }

    /** The entries of the map that comes next, whatever its `_rtype` is; the values are decoded. */
    fun readEntries(): Map<String, Any?> {
        reader.enter()
        val count = reader.readMapHeader()
        val map = LinkedHashMap<String, Any?>(minOf(count, LARGEST_GUESS) * 4 / 3 + 1)
        var key = ""
        try {
            repeat(count) {
                key = reader.readKey()
                map[key] = read()
            }
        } catch (e: EncodingException) {
            throw e.within(key)
        }
        reader.leave()
        return map
    }

    private companion object {
        /** Lists and maps grow to larger sizes as their elements really arrive: a declared count may be a lie at every level. */
        const val LARGEST_GUESS = 256
    }
}

/** A timestamp, extension −1: JavaScript sends its dates like this. */
internal fun readInstant(reader: MsgPackReader): Instant {
    val timestamp = reader.readTimestamp()
    return Instant.fromEpochSeconds(timestamp.seconds, timestamp.nanoseconds)
}
