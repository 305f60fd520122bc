package io.hypha.rpc.value

// How arrays come to be out of memory and a shape, and when two of them are the same.

internal fun localArray(
    dtype: DType,
    lanes: Lanes,
    shape: IntArray,
): NDArray {
    require(shape.none { it < 0 }) { "The shape ${shape.asList()} has a negative size" }
    val perElement = if (dtype.kind == DTypeKind.Complex) 2 else 1
    val present = if (lanes is SliceLanes) sizeInElements(lanes, dtype) else lanes.count / perElement
    require(lanes is SliceLanes || lanes.count % perElement == 0) { "${lanes.count} floats are no pairs" }
    val dimensions = Dimensions(if (shape.isEmpty()) intArrayOf(present) else shape.copyOf())
    require(dimensions.count == present) { "$present elements cannot take the shape ${shape.asList()}" }
    return NDArray(dtype, dimensions, lanes)
}

private fun sizeInElements(
    lanes: SliceLanes,
    dtype: DType,
): Int {
    require(dtype.itemSize > 0) { "The element size of dtype $dtype is not known" }
    require(lanes.bytes.size % dtype.itemSize == 0) { "${lanes.bytes.size} bytes are no whole number of $dtype" }
    return lanes.bytes.size / dtype.itemSize
}

internal fun reinterpreted(
    array: NDArray,
    dtype: DType,
): NDArray {
    require(dtype.itemSize == array.dtype.itemSize) { "Elements of $dtype have another size than those of ${array.dtype}" }
    val lanes = array.lanes
    if (lanes is SliceLanes) {
        return NDArray(dtype, array.dimensions, SliceLanes(lanes.bytes, dtype.laneSize, dtype.isLittleEndian))
    }
    require(dtype.laneSize == lanes.width) { "Elements of ${array.dtype} have other parts than those of $dtype" }
    require(dtype.isLittleEndian) { "The elements of a local array are in the order of the machine: $dtype is big-endian" }
    return NDArray(dtype, array.dimensions, lanes)
}

internal fun sameElements(
    a: NDArray,
    b: NDArray,
): Boolean {
    if (a.dtype.kind != b.dtype.kind || a.dtype.itemSize != b.dtype.itemSize) return false
    if (!a.dimensions.sizes.contentEquals(b.dimensions.sizes)) return false
    if (a.dtype.kind == DTypeKind.Opaque) return a.dtype == b.dtype && a.toBytes() == b.toBytes()
    val perElement = if (a.dtype.kind == DTypeKind.Complex) 2 else 1
    for (i in 0 until a.size) {
        val inA = a.dimensions.positionOf(i) * perElement
        val inB = b.dimensions.positionOf(i) * perElement
        for (part in 0 until perElement) if (a.lanes.bits(inA + part) != b.lanes.bits(inB + part)) return false
    }
    return true
}

private const val HASHED = 8

internal fun hashOf(array: NDArray): Int {
    var hash = array.dtype.kind.ordinal * 31 + array.dimensions.sizes.contentHashCode()
    if (array.dtype.kind == DTypeKind.Opaque) return hash
    val perElement = if (array.dtype.kind == DTypeKind.Complex) 2 else 1
    for (i in 0 until minOf(array.size, HASHED)) {
        hash = hash * 31 + array.lanes.bits(array.dimensions.positionOf(i) * perElement).hashCode()
    }
    return hash
}
