package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi

/** The family of an encoded value, as its first byte tells. [label] is how error messages call it. */
@InternalHyphaApi
public enum class WireType(
    internal val label: String,
) {
    /** The absent value. */
    Nil("nil"),

    /** True or false. */
    Boolean("a boolean"),

    /** A signed or unsigned integer of up to 64 bits. */
    Integer("an integer"),

    /** A float32 or float64. */
    Float("a float"),

    /** Text in UTF-8. */
    String("text"),

    /** Bytes. */
    Binary("bytes"),

    /** A list of values. */
    Array("a list"),

    /** Keys and values. */
    Map("a map"),

    /** A typed extension, such as a timestamp. */
    Extension("an extension"),

    /** There is no further value: all bytes are read. */
    End("the end of the message"),
}
