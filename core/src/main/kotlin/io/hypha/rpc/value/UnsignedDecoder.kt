package io.hypha.rpc.value

/** Reads what deserializers of unsigned types ask for as the signed type of the same size. */
internal class UnsignedDecoder(
    root: HyphaDecoder,
    private val read: (target: String) -> ULong,
) : HyphaDecoder by root {
    override fun decodeByte(): Byte = narrow("UByte", UByte.SIZE_BITS).toByte()

    override fun decodeShort(): Short = narrow("UShort", UShort.SIZE_BITS).toShort()

    override fun decodeInt(): Int = narrow("UInt", UInt.SIZE_BITS).toInt()

    override fun decodeLong(): Long = read("ULong").toLong()

    private fun narrow(
        target: String,
        bits: Int,
    ): Long {
        val value = read(target).toLong()
        if (value ushr bits != 0L) throw misfit(target, "an integer outside of its range")
        return value
    }
}
