package io.hypha.rpc.value

import kotlinx.serialization.Serializable

/**
 * A map that keeps its order and may have keys that are no text, as JavaScript's `Map` and Python's `OrderedDict`
 * (`_rtype: orderedmap`, protocol §4.2). A received one is of this type, and it is sent as one whatever its keys are.
 *
 * Integer keys are `Long`s, as everything received; a `Byte`, `Short` or `Int` finds them as well. Equal to any map with the same
 * keys and values.
 */
@Serializable(with = OrderedMapSerializer::class)
public class OrderedMap private constructor(
    private val map: LinkedHashMap<Any?, Any?>,
) : Map<Any?, Any?> by map {
    /** The entries of [entries] in their order. */
    public constructor(entries: Map<*, *>) : this(copyOf(entries.entries.map { it.key to it.value }))

    /** These entries in this order; of several with the same key the last one counts. */
    public constructor(vararg entries: Pair<Any?, Any?>) : this(copyOf(entries.asList()))

    override fun get(key: Any?): Any? = map[normalized(key)]

    override fun containsKey(key: Any?): Boolean = map.containsKey(normalized(key))

    override fun equals(other: Any?): Boolean = map == other

    override fun hashCode(): Int = map.hashCode()

    /** Only the size: content does not belong into logs. */
    override fun toString(): String = "OrderedMap(size=$size)"
}

private fun copyOf(entries: List<Pair<Any?, Any?>>): LinkedHashMap<Any?, Any?> {
    val copy = LinkedHashMap<Any?, Any?>(entries.size * 4 / 3 + 1)
    for ((key, value) in entries) copy[normalized(key)] = value
    return copy
}

private fun normalized(key: Any?): Any? =
    when (key) {
        is Int -> key.toLong()
        is Short -> key.toLong()
        is Byte -> key.toLong()
        else -> key
    }
