package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes

// What maps with an `_rtype` mean (protocol §4.2); their other entries are already decoded.

/** The value that [entries] describe; the user's codecs come first, and what nobody knows stays a map with its tag. */
internal fun ValueReader.typedValue(
    tag: String,
    entries: Map<String, Any?>,
): Any? {
    val codec = codecs.decoderOf(tag)
    if (codec != null) return codec.decode(entries)
    return when (tag) {
        Tags.METHOD -> references("A function").method(entries)
        Tags.GENERATOR -> references("A stream").generator(entries, OpenSerializer)
        Tags.IOSTREAM -> references("A byte source").byteSource(entries)
        Tags.NDARRAY, Tags.TYPEDARRAY -> arrayFrom(tag, entries)
        Tags.MEMORYVIEW -> content<Bytes>(tag, entries)
        Tags.SET -> LinkedHashSet(content<List<Any?>>(tag, entries))
        Tags.ORDEREDMAP -> orderedMapOf(content(tag, entries))
        Tags.ERROR -> RemoteError(entries[Tags.VALUE] as? String ?: "", entries[Tags.TRACE] as? String)
        Tags.PYDANTIC -> content<Map<String, Any?>>(tag, entries)
        else -> entries
    }
}

internal fun ValueReader.references(what: String): References = references ?: throw refused(what)

private inline fun <reified T> content(
    tag: String,
    entries: Map<String, Any?>,
): T = entries[Tags.VALUE] as? T ?: throw malformed(tag, Tags.VALUE)

internal fun malformed(
    tag: String,
    key: String,
): EncodingException = EncodingException("A value of _rtype '$tag' has no valid $key")

private fun orderedMapOf(pairs: List<*>): OrderedMap {
    val map = LinkedHashMap<Any?, Any?>(pairs.size * 4 / 3 + 1)
    for (pair in pairs) {
        if (pair !is List<*> || pair.size != 2) throw malformed(Tags.ORDEREDMAP, Tags.VALUE)
        map[pair[0]] = pair[1]
    }
    return OrderedMap(map)
}

private fun arrayFrom(
    tag: String,
    entries: Map<String, Any?>,
): NDArray {
    val bytes =
        when (val value = entries[Tags.VALUE]) {
            is Bytes -> value
            is List<*> -> joined(value.map { it as? Bytes ?: throw malformed(tag, Tags.VALUE) })
            else -> throw malformed(tag, Tags.VALUE)
        }
    val shape =
        (entries[Tags.SHAPE] as? List<*>)?.let { sizes ->
            IntArray(sizes.size) { longToInt(sizes[it] as? Long ?: throw malformed(tag, Tags.SHAPE)) }
        }
    return receivedArray(tag, bytes, shape, entries[Tags.DTYPE] as? String)
}
