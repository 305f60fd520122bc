package io.hypha.rpc.value

/** The short names of numpy's array interface: a letter for the kind and the bytes per element. */
internal object DTypeCodes {
    /** Codes of the types with a meaning, without their byte order, and the full names that stand for the same. */
    val numeric: Map<String, String> =
        mapOf(
            "i1" to "int8",
            "i2" to "int16",
            "i4" to "int32",
            "i8" to "int64",
            "u1" to "uint8",
            "u2" to "uint16",
            "u4" to "uint32",
            "u8" to "uint64",
            "f2" to "float16",
            "f4" to "float32",
            "f8" to "float64",
            "b1" to "bool",
            "?" to "bool",
            "c8" to "complex64",
            "c16" to "complex128",
        )

    private const val UCS4 = 4
    private const val TIME = 8

    /** Bytes per element of what is no number: text, raw bytes and times; 0 when the name does not tell. */
    fun opaqueSize(code: String): Int {
        if (code.startsWith("datetime64") || code.startsWith("timedelta64")) return TIME
        if (code.startsWith("M8") || code.startsWith("m8")) return TIME
        if (code == "float128") return 16
        if (code == "complex256") return 32
        val count = code.drop(1).toIntOrNull() ?: return 0
        if (count !in 0..Int.MAX_VALUE / UCS4) return 0
        return when (code[0]) {
            'U' -> UCS4 * count
            'S', 'V', 'f', 'c' -> count
            else -> 0
        }
    }
}
