package io.hypha.rpc.value

import kotlin.reflect.KClass

/**
 * How one type of the user's travels (protocol §4.6): as a map with the codec's name under `_rtype`.
 *
 * Instances are encoded wherever they stand, in arguments, results, lists, maps and serializable classes. A map with that
 * `_rtype` is decoded wherever it stands; for that a codec comes before the tags that are built in. Without a decoder such a map
 * is decoded as a map that keeps its `_rtype`. Encoder and decoder must be quick and safe for several threads.
 *
 * @property name the `_rtype`.
 * @property type the class; instances of its subclasses are encoded as well.
 * @property encoder makes a map of anything that can be sent, functions and streams included; when it has no `_rtype`, [name] is
 * added, and so it is to an interface object, which is a map on the wire. A result that is neither is sent as it is.
 * @property decoder receives the map, its values decoded and `_rtype` included.
 * @throws IllegalArgumentException when the name is empty, or neither encoder nor decoder is given.
 */
public class Codec<T : Any>(
    public val name: String,
    public val type: KClass<T>,
    public val encoder: ((T) -> Any?)? = null,
    public val decoder: ((Map<String, Any?>) -> T)? = null,
) {
    init {
        require(name.isNotEmpty()) { "A codec needs a name, which becomes the _rtype" }
        require(encoder != null || decoder != null) { "The codec '$name' has neither an encoder nor a decoder" }
    }

    override fun toString(): String = "Codec($name)"
}

/** A codec for [T]: `codec<Point>("point", { mapOf("x" to it.x) }, { Point(it["x"] as Double) })`. */
public inline fun <reified T : Any> codec(
    name: String,
    noinline encoder: ((T) -> Any?)? = null,
    noinline decoder: ((Map<String, Any?>) -> T)? = null,
): Codec<T> = Codec(name, T::class, encoder, decoder)
