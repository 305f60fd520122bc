package io.hypha.rpc.call

import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.shape
import io.hypha.rpc.wire.Bytes

private const val READ_ALL_STEP = 256 * 1024

/** [source] as the map of functions that a peer reads it through (protocol §4.4). */
internal fun byteSourceMap(source: ByteSource): Map<String, Any?> {
    val entries = linkedMapOf<String, Any?>("_rtype" to "iostream", "_rnative" to "jvm:ByteSource")
    source.name?.let { entries["name"] = it }
    source.size?.let { entries["size"] = it }
    source.mediaType?.let { entries["type"] = it }
    entries["read"] = readFunction(source)
    if (source.isSeekable) entries["seek"] = seekFunction(source)
    entries["close"] = LocalFunction("close", "Releases the stream", emptyList(), shape<Unit>(), ignoresSurplus = true) { source.close() }
    return entries
}

private fun readFunction(source: ByteSource): LocalFunction {
    val size = param("size", "How many bytes at most; all that is left when absent or negative", default = null).typed(shape<Int?>())
    return LocalFunction("read", "Reads on; empty at the end", listOf(size), shape<Bytes>(), ignoresSurplus = true) { (wanted) ->
        val limit = wanted as Int? ?: -1
        when {
            limit < 0 -> readAll(source)
            limit == 0 -> Bytes.Empty
            else -> source.read(limit)
        }
    }
}

private fun seekFunction(source: ByteSource): LocalFunction {
    val position = param("position", "Where to read on, in bytes from the start").typed(shape<Long>())
    return LocalFunction("seek", "Continues reading elsewhere", listOf(position), shape<Long>(), ignoresSurplus = true) { (to) ->
        source.seek(to as Long)
        to
    }
}

private suspend fun readAll(source: ByteSource): Bytes {
    val parts = ArrayList<Bytes>()
    while (true) {
        val part = source.read(READ_ALL_STEP)
        if (part.size == 0) break
        parts += part
    }
    if (parts.size == 1) return parts.single()
    val whole = ByteArray(parts.sumOf { it.size })
    var at = 0
    for (part in parts) {
        part.copyInto(whole, at)
        at += part.size
    }
    return Bytes(whole)
}
