package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.Serializable
import kotlin.jvm.JvmStatic

/**
 * An array of numbers of any number of dimensions, what Python knows as a numpy array (`_rtype: ndarray` or `typedarray`,
 * protocol §4.2).
 *
 * Nothing is copied on the way in: a local array keeps the primitive array that it was made of, so changes to it are visible here
 * until the message has been sent; a received one keeps its slice of the message. Reading elements and the views ([reshape],
 * [reinterpret], [asFortran], [interleaved]) copy nothing either; `toFloatArray()` and its kin copy once.
 *
 * Numbers are converted when they fit: whole floats are integers, integers are doubles when there is an equal one, any number is
 * a float if it is in range, booleans count as 0 and 1. What does not fit is an `EncodingException`, never another number.
 *
 * Two arrays are equal when kind and size of their elements, shape and all elements are, however they are stored; as with a list,
 * that takes time. Floats are compared by their bits: NaN equals itself, -0.0 and 0.0 differ.
 *
 * @property dtype the type of the elements.
 */
@Serializable(with = NDArraySerializer::class)
public class NDArray internal constructor(
    public val dtype: DType,
    internal val dimensions: Dimensions,
    internal val lanes: Lanes,
) {
    /** The size along each dimension; empty for a single value, as numpy's scalars arrive. */
    public val shape: List<Int> get() = dimensions.sizes.asList()

    /** Number of dimensions. */
    public val rank: Int get() = dimensions.sizes.size

    /** Number of elements. */
    public val size: Int get() = dimensions.count

    /**
     * The element at [index], one number for each dimension: `Long` (`ULong` when it is larger), `Double`, `Boolean` or [Complex].
     *
     * @throws IndexOutOfBoundsException when there is no such element.
     */
    public operator fun get(vararg index: Int): Any = elementAt(dimensions.position(index))

    /** The element at [index] as a `Double`. */
    public fun getDouble(vararg index: Int): Double = doubleAt(dimensions.position(index))

    /** The element at [index] as a `Long`. */
    public fun getLong(vararg index: Int): Long = longAt(dimensions.position(index))

    /** The element at [index] as a `ULong`: all of `uint64` fits. */
    public fun getULong(vararg index: Int): ULong = ulongAt(dimensions.position(index))

    /** The element at [index] of a boolean array. */
    public fun getBoolean(vararg index: Int): Boolean = booleanAt(dimensions.position(index))

    /** The element at [index] of a complex array. */
    public fun getComplex(vararg index: Int): Complex = complexAt(dimensions.position(index))

    /**
     * The only element, of whatever shape: numpy's `item()`.
     *
     * @throws IllegalStateException when there is not exactly one.
     */
    public fun item(): Any {
        check(size == 1) { "$this has $size elements, not one" }
        return elementAt(0)
    }

    /** A copy of all elements in row-major order, in bulk for `float32`. */
    public fun toFloatArray(): FloatArray = copyFloats(this)

    /** A copy of all elements in row-major order, in bulk for `float64`. */
    public fun toDoubleArray(): DoubleArray = copyDoubles(this)

    /** A copy of all elements in row-major order, in bulk for `int32`. */
    public fun toIntArray(): IntArray = copyInts(this)

    /** A copy of all elements in row-major order, in bulk for `int64`. */
    public fun toLongArray(): LongArray = copyLongs(this)

    /** A copy of all elements in row-major order, in bulk for `int16`. */
    public fun toShortArray(): ShortArray = copyShorts(this)

    /** A copy of all elements in row-major order, in bulk for `int8`; those of `uint8` keep their bits, so 255 becomes -1. */
    public fun toByteArray(): ByteArray = copyBytes(this)

    /** A copy of all elements of a boolean array in row-major order. */
    public fun toBooleanArray(): BooleanArray = copyBooleans(this)

    /**
     * The elements as they stand on the wire: row-major, in the byte order of [dtype] (little-endian for local arrays). Received
     * arrays return their slice, others a copy.
     */
    public fun toBytes(): Bytes = wireBytes(this)

    /**
     * The same elements in memory under another shape; no sizes at all make a single value.
     *
     * @throws IllegalArgumentException when the number of elements differs.
     */
    public fun reshape(vararg shape: Int): NDArray {
        val reshaped = Dimensions(shape.copyOf(), dimensions.isFortran)
        require(reshaped.count == size) { "$size elements cannot take the shape ${shape.asList()}" }
        return NDArray(dtype, reshaped, lanes)
    }

    /** The same memory and shape, but the first index runs fastest (column-major); it is sent in row-major order all the same. */
    public fun asFortran(): NDArray = NDArray(dtype, Dimensions(dimensions.sizes, isFortran = true), lanes)

    /**
     * The same memory with another meaning: a `ShortArray` as `uint16` or `float16`, dates as `int64`.
     *
     * @throws IllegalArgumentException when elements of [dtype] have another size or, for complex types, other parts.
     */
    public fun reinterpret(dtype: DType): NDArray = reinterpreted(this, dtype)

    /** A view of a complex array as floats, with one dimension more at the end: real part, imaginary part. */
    public fun interleaved(): NDArray {
        require(dtype.kind == DTypeKind.Complex) { "$this is not complex" }
        val part = if (dtype.itemSize == DType.Complex64.itemSize) DType.Float32 else DType.Float64
        require(!dimensions.isFortran) { "A column-major array has no interleaved view" }
        return NDArray(part.inOrder(dtype.isLittleEndian), Dimensions(dimensions.sizes + 2), lanes)
    }

    override fun equals(other: Any?): Boolean = this === other || (other is NDArray && sameElements(this, other))

    /** From the shape and the first elements only. */
    override fun hashCode(): Int = hashOf(this)

    /** Shape and dtype, never elements. */
    override fun toString(): String = "NDArray($dtype, $shape)"

    /**
     * Makes arrays. All factories keep the array given, and throw `IllegalArgumentException` when its size does not fit the shape;
     * without a shape the array has one dimension.
     */
    public companion object {
        /** `float32` of the given [shape]. */
        @JvmStatic
        public fun of(
            values: FloatArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Float32, FloatLanes(values), shape)

        /** `float64` of the given [shape]. */
        @JvmStatic
        public fun of(
            values: DoubleArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Float64, DoubleLanes(values), shape)

        /** `int8` of the given [shape]; [reinterpret] it for pixels, which are `uint8`. */
        @JvmStatic
        public fun of(
            values: ByteArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Int8, ByteLanes(values), shape)

        /** `int16` of the given [shape]. */
        @JvmStatic
        public fun of(
            values: ShortArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Int16, ShortLanes(values), shape)

        /** `int32` of the given [shape]. */
        @JvmStatic
        public fun of(
            values: IntArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Int32, IntLanes(values), shape)

        /** `int64` of the given [shape]. */
        @JvmStatic
        public fun of(
            values: LongArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Int64, LongLanes(values), shape)

        /** `bool` of the given [shape]. */
        @JvmStatic
        public fun of(
            values: BooleanArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Bool, BooleanLanes(values), shape)

        /** `complex64` of the given [shape], from pairs of real and imaginary parts. */
        @JvmStatic
        public fun ofComplex(
            pairs: FloatArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Complex64, FloatLanes(pairs), shape)

        /** `complex128` of the given [shape], from pairs of real and imaginary parts. */
        @JvmStatic
        public fun ofComplex(
            pairs: DoubleArray,
            vararg shape: Int,
        ): NDArray = localArray(DType.Complex128, DoubleLanes(pairs), shape)

        /** Elements of any [dtype] from their [bytes], row-major and in its byte order. */
        @JvmStatic
        public fun ofBytes(
            dtype: DType,
            bytes: Bytes,
            vararg shape: Int,
        ): NDArray = localArray(dtype, SliceLanes(bytes, dtype.laneSize, dtype.isLittleEndian), shape)

        /** A single `float64`. */
        @JvmStatic
        public fun scalar(value: Double): NDArray = of(doubleArrayOf(value)).reshape()

        /** A single `int64`. */
        @JvmStatic
        public fun scalar(value: Long): NDArray = of(longArrayOf(value)).reshape()

        /** A single `bool`. */
        @JvmStatic
        public fun scalar(value: Boolean): NDArray = of(booleanArrayOf(value)).reshape()
    }
}
