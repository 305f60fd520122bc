package io.hypha.rpc.value

/** What the bits of an array element mean. */
public enum class DTypeKind(
    /** The letter that numpy uses for it. */
    internal val code: String,
) {
    /** A signed integer of 1, 2, 4 or 8 bytes. */
    Signed("i"),

    /** An unsigned integer of 1, 2, 4 or 8 bytes. */
    Unsigned("u"),

    /** A float of 2, 4 or 8 bytes. */
    Float("f"),

    /** One byte: zero is false, anything else true. */
    Boolean("b"),

    /** Two floats of 4 or 8 bytes each: the real part, then the imaginary part. */
    Complex("c"),

    /** Bytes that only the peers understand: dates, fixed-size text, records. They travel on unchanged. */
    Opaque("V"),
}
