package io.hypha.rpc.wire

import kotlin.jvm.JvmField

/**
 * What a decoder accepts (protocol §2.7). Going beyond a limit is a [io.hypha.rpc.ProtocolException] that names the limit; it is
 * raised before anything of that size is allocated.
 *
 * @property maxDepth how many lists and maps may stand inside each other, 1 to 1000: decoders recurse once per level.
 * @property maxStringBytes longest text, in bytes of UTF-8.
 * @property maxBinaryBytes longest run of bytes, which includes arrays of numbers.
 * @property maxFrameBytes longest message as a whole; for a message that came in chunks, after joining them.
 */
public class WireLimits(
    public val maxDepth: Int = 100,
    public val maxStringBytes: Int = 64 * MIB,
    public val maxBinaryBytes: Int = 1024 * MIB,
    public val maxFrameBytes: Int = 1024 * MIB,
) {
    init {
        require(maxDepth in 1..DEEPEST) { "maxDepth must be 1 to $DEEPEST, not $maxDepth" }
        require(maxStringBytes >= 0 && maxBinaryBytes >= 0 && maxFrameBytes >= 0) { "Limits cannot be negative" }
    }

    /** Holds the limits that apply when none are given. */
    public companion object {
        private const val MIB = 1 shl 20
        private const val DEEPEST = 1000

        /** 100 levels, 64 MiB of text, 1 GiB of bytes or message. */
        @JvmField
        public val Default: WireLimits = WireLimits()
    }
}
