package io.hypha.rpc.value

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/**
 * The type of the elements of an [NDArray], named as numpy names it (protocol §4.2).
 *
 * Equal when elements of both have the same bytes and meaning: `<f4` and `float32` are, `>f4` is not.
 *
 * @property name the name on the wire: `float32`, `>u2`, `datetime64[ns]`.
 * @property kind what the bits mean.
 * @property itemSize bytes per element; 0 when an opaque name does not tell.
 * @property isLittleEndian whether the lowest byte comes first; true where there is only one.
 */
public class DType private constructor(
    public val name: String,
    public val kind: DTypeKind,
    public val itemSize: Int,
    public val isLittleEndian: Boolean = true,
) {
    /** Bytes of the part that the byte order applies to: half an element for complex ones. */
    internal val laneSize: Int get() = if (kind == DTypeKind.Complex) itemSize / 2 else itemSize

    /** Whether JavaScript can decode a `typedarray` of it; any other name there makes it drop the whole message. */
    internal val isTypedArray: Boolean
        get() =
            when (kind) {
                DTypeKind.Signed, DTypeKind.Unsigned -> itemSize <= 4 && isLittleEndian
                DTypeKind.Float -> itemSize >= 4 && isLittleEndian
                else -> false
            }

    /** The same type in the other byte order, if it has one. */
    internal fun inOrder(littleEndian: Boolean): DType {
        if (isLittleEndian == littleEndian || laneSize == 1 || kind == DTypeKind.Opaque) return this
        return parse((if (littleEndian) "<" else ">") + kind.code + itemSize)
    }

    override fun equals(other: Any?): Boolean =
        this === other ||
            (
                other is DType && other.kind == kind && other.itemSize == itemSize && other.isLittleEndian == isLittleEndian &&
                    (kind != DTypeKind.Opaque || other.name == name)
            )

    override fun hashCode(): Int = (kind.hashCode() * 31 + itemSize) * 2 + (if (isLittleEndian) 1 else 0)

    override fun toString(): String = name

    /** Holds the types with a meaning, and [parse]. */
    public companion object {
        /** Signed 8-bit integers: `Byte`. */
        @JvmField
        public val Int8: DType = DType("int8", DTypeKind.Signed, 1)

        /** Signed 16-bit integers: `Short`. */
        @JvmField
        public val Int16: DType = DType("int16", DTypeKind.Signed, 2)

        /** Signed 32-bit integers: `Int`. */
        @JvmField
        public val Int32: DType = DType("int32", DTypeKind.Signed, 4)

        /** Signed 64-bit integers: `Long`. */
        @JvmField
        public val Int64: DType = DType("int64", DTypeKind.Signed, 8)

        /** Unsigned 8-bit integers: pixels, and bytes of no declared type. */
        @JvmField
        public val UInt8: DType = DType("uint8", DTypeKind.Unsigned, 1)

        /** Unsigned 16-bit integers. */
        @JvmField
        public val UInt16: DType = DType("uint16", DTypeKind.Unsigned, 2)

        /** Unsigned 32-bit integers. */
        @JvmField
        public val UInt32: DType = DType("uint32", DTypeKind.Unsigned, 4)

        /** Unsigned 64-bit integers. */
        @JvmField
        public val UInt64: DType = DType("uint64", DTypeKind.Unsigned, 8)

        /** Half-precision floats, see [Float16]. */
        @JvmField
        public val Float16: DType = DType("float16", DTypeKind.Float, 2)

        /** Single-precision floats: `Float`. */
        @JvmField
        public val Float32: DType = DType("float32", DTypeKind.Float, 4)

        /** Double-precision floats: `Double`. */
        @JvmField
        public val Float64: DType = DType("float64", DTypeKind.Float, 8)

        /** One byte each, 0 or 1. */
        @JvmField
        public val Bool: DType = DType("bool", DTypeKind.Boolean, 1)

        /** Two `Float`s each, see [Complex]. */
        @JvmField
        public val Complex64: DType = DType("complex64", DTypeKind.Complex, 8)

        /** Two `Double`s each, see [Complex]. */
        @JvmField
        public val Complex128: DType = DType("complex128", DTypeKind.Complex, 16)

        private val known =
            listOf(
                Int8,
                Int16,
                Int32,
                Int64,
                UInt8,
                UInt16,
                UInt32,
                UInt64,
                Float16,
                Float32,
                Float64,
                Bool,
                Complex64,
                Complex128,
            ).associateBy { it.name }

        /**
         * The type that numpy calls [name]: a full name (`float32`), or a code with or without a byte order (`<f8`, `>i4`, `|u1`).
         * What is no number becomes an opaque type of that name. No name means bytes, as from JavaScript's `BigInt64Array`.
         */
        @JvmStatic
        public fun parse(name: String?): DType {
            if (name == null) return UInt8
            known[name]?.let { return it }
            val code = if (name.isNotEmpty() && name[0] in "<>=|") name.substring(1) else name
            val native = DTypeCodes.numeric[code]?.let(known::getValue) ?: return opaque(name, code)
            if (name[0] != '>' || native.laneSize == 1) return native
            return DType(name, native.kind, native.itemSize, isLittleEndian = false)
        }

        private fun opaque(
            name: String,
            code: String,
        ): DType = DType(name, DTypeKind.Opaque, DTypeCodes.opaqueSize(code), isLittleEndian = !name.startsWith('>'))
    }
}
