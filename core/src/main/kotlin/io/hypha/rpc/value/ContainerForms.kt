package io.hypha.rpc.value

import io.hypha.rpc.EncodingException

// How lists, sets and maps of values without a static type stand on the wire (protocol §4.1, §4.2).

internal fun ValueWriter.writeList(list: Collection<*>) {
    enter()
    val size = list.size
    out.writeArrayHeader(size)
    var index = 0
    try {
        for (element in list) {
            write(element)
            index++
        }
    } catch (e: EncodingException) {
        throw e.within("[$index]")
    }
    if (index != size) throw changed()
    leave()
}

internal fun ValueWriter.writeSet(set: Set<*>) {
    openSet()
    writeList(set)
    leave()
}

/** Everything of a set up to the list of its elements. */
internal fun ValueWriter.openSet() {
    enter()
    out.writeMapHeader(2)
    writeTag(Tags.SET)
    out.writeString(Tags.VALUE)
}

/** As a map when all keys are text, else as an `orderedmap`: peers drop a message with other map keys. */
internal fun ValueWriter.writeMap(map: Map<*, *>) {
    var isText = true
    var isInterface = false
    for (key in map.keys) {
        if (!isTextKey(key)) isText = false
        if (key == Tags.INTERFACE) isInterface = true
    }
    when {
        !isText -> writeOrderedMap(map)
        isInterface && map[Tags.INTERFACE] == true && references != null -> references.write(map, null, this)
        else -> writeTextMap(map)
    }
}

/** [map], whose keys are all text, as it is. */
internal fun ValueWriter.writeTextMap(map: Map<*, *>) {
    enter()
    val size = map.size
    out.writeMapHeader(size)
    var at: Any? = null
    var written = 0
    try {
        for ((key, value) in map) {
            at = key
            write(key)
            write(value)
            written++
        }
    } catch (e: EncodingException) {
        throw e.within(at.toString())
    }
    if (written != size) throw changed()
    leave()
}

internal fun ValueWriter.writeOrderedMap(map: Map<*, *>) {
    // What was received goes out again, whatever its keys are.
    if (map !is OrderedMap) map.keys.forEach(::requireKey)
    openOrderedMap(map.size)
    var at: Any? = null
    var written = 0
    try {
        for ((key, value) in map) {
            at = key
            out.writeArrayHeader(2)
            write(key)
            write(value)
            written++
        }
    } catch (e: EncodingException) {
        throw e.within(keyStep(at))
    }
    if (written != map.size) throw changed()
    closeOrderedMap()
}

/** Everything of an `orderedmap` up to the first entry, each of which is a list of key and value. */
internal fun ValueWriter.openOrderedMap(size: Int) {
    enter(ORDERED_MAP_LEVELS)
    out.writeMapHeader(2)
    writeTag(Tags.ORDEREDMAP)
    out.writeString(Tags.VALUE)
    out.writeArrayHeader(size)
}

internal fun ValueWriter.closeOrderedMap() {
    leave(ORDERED_MAP_LEVELS)
}

/** `_rtype` and its value, by convention the first entry. */
internal fun ValueWriter.writeTag(tag: String) {
    out.writeString(Tags.TYPE)
    out.writeString(tag)
}

internal fun isTextKey(key: Any?): Boolean = key is String || key is Enum<*> || key is Char

internal fun requireKey(key: Any?) {
    if (isTextKey(key) || key is Number || key is Boolean) return
    if (key is ULong || key is UInt || key is UShort || key is UByte) return
    val found = key?.let(::typeName) ?: "nil"
    throw EncodingException("A map key must be text, a number or a boolean, not $found")
}

/** A key as a step of a path: only text, numbers and booleans, for anything else could be long or secret. */
internal fun keyStep(key: Any?): String =
    when (key) {
        is String, is Number, is Boolean, is Enum<*>, is Char -> key.toString()
        else -> "{key}"
    }

/** The map, the list under `_rvalue`, and the list that each entry is. */
private const val ORDERED_MAP_LEVELS = 3

private fun changed() = EncodingException("The collection was changed while it was written")
