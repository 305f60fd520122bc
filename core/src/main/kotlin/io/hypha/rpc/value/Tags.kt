package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes

/** The keys and `_rtype`s of typed values (protocol §4.2). */
internal object Tags {
    const val TYPE: String = "_rtype"
    const val VALUE: String = "_rvalue"
    const val SHAPE: String = "_rshape"
    const val DTYPE: String = "_rdtype"
    const val TRACE: String = "_rtrace"

    /** Marks a map as an interface object (protocol §4.5); unlike the keys above it is none of a typed value. */
    const val INTERFACE: String = "_rintf"

    const val METHOD: String = "method"
    const val GENERATOR: String = "generator"
    const val IOSTREAM: String = "iostream"
    const val MEMORYVIEW: String = "memoryview"
    const val TYPEDARRAY: String = "typedarray"
    const val NDARRAY: String = "ndarray"
    const val SET: String = "set"
    const val ORDEREDMAP: String = "orderedmap"
    const val ERROR: String = "error"
    const val PYDANTIC: String = "pydantic_model"

    /** The tags with a meaning of their own. */
    val all: Set<String> =
        setOf(METHOD, GENERATOR, IOSTREAM, MEMORYVIEW, TYPEDARRAY, NDARRAY, SET, ORDEREDMAP, ERROR, PYDANTIC)

    /** Every key that typed values have in common begins like this; no key of a serializable class usually does. */
    fun isReserved(key: Bytes): Boolean = key.size > 2 && key[0] == UNDERSCORE && key[1] == R

    private const val UNDERSCORE = '_'.code.toByte()
    private const val R = 'r'.code.toByte()
}

/** Whether these are the bytes of [ascii]; compares without making a string. */
internal fun Bytes.isText(ascii: String): Boolean {
    if (size != ascii.length) return false
    for (i in 0 until size) if (array[offset + i].toInt() != ascii[i].code) return false
    return true
}
