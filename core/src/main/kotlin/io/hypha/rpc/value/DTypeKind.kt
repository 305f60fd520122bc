package io.hypha.rpc.value

/** What the bits of an array element mean. */
public enum class DTypeKind {
    /** A signed integer of 1, 2, 4 or 8 bytes. */
    Signed,

    /** An unsigned integer of 1, 2, 4 or 8 bytes. */
    Unsigned,

    /** A float of 2, 4 or 8 bytes. */
    Float,

    /** One byte: zero is false, anything else true. */
    Boolean,

    /** Two floats of 4 or 8 bytes each: the real part, then the imaginary part. */
    Complex,

    /** Bytes that only the peers understand: dates, fixed-size text, records. They travel on unchanged. */
    Opaque,
}
