package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes

/**
 * The array that a map with `_rtype` [tag] describes (protocol §4.2); it keeps [bytes].
 *
 * @param shape null for one dimension, as in a `typedarray`.
 */
internal fun receivedArray(
    tag: String,
    bytes: Bytes,
    shape: IntArray?,
    dtypeName: String?,
): NDArray {
    val dtype = DType.parse(dtypeName)
    val itemSize = dtype.itemSize
    val fits = if (itemSize == 0) bytes.size == 0 || shape != null else bytes.size % itemSize == 0
    if (!fits) throw EncodingException("A value of _rtype '$tag' has ${bytes.size} bytes, no whole number of elements of $dtype")
    val dimensions = Dimensions(shape ?: intArrayOf(if (itemSize == 0) 0 else bytes.size / itemSize))
    val needed = dimensions.count.toLong() * itemSize
    if (itemSize != 0 && needed != bytes.size.toLong()) {
        throw EncodingException("A value of _rtype '$tag' has ${bytes.size} bytes, its shape and dtype $dtype make $needed")
    }
    return NDArray(dtype, dimensions, SliceLanes(bytes, dtype.laneSize, dtype.isLittleEndian))
}

/** One slice with all the bytes of [pieces]: large arrays may come in several. */
internal fun joined(pieces: List<Bytes>): Bytes {
    if (pieces.size == 1) return pieces[0]
    val size = pieces.sumOf { it.size.toLong() }
    if (size > Int.MAX_VALUE) throw EncodingException("An array can have at most ${Int.MAX_VALUE} bytes")
    val whole = ByteArray(size.toInt())
    var at = 0
    for (piece in pieces) {
        piece.copyInto(whole, at)
        at += piece.size
    }
    return Bytes(whole)
}
