package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi

/** First bytes of msgpack values, as unsigned numbers; the names are those of the format's specification. */
internal object WireCodes {
    const val FIXMAP = 0x80
    const val FIXARRAY = 0x90
    const val FIXSTR = 0xa0
    const val NIL = 0xc0
    const val NEVER_USED = 0xc1
    const val FALSE = 0xc2
    const val TRUE = 0xc3
    const val BIN8 = 0xc4
    const val BIN16 = 0xc5
    const val BIN32 = 0xc6
    const val EXT8 = 0xc7
    const val EXT16 = 0xc8
    const val EXT32 = 0xc9
    const val FLOAT32 = 0xca
    const val FLOAT64 = 0xcb
    const val UINT8 = 0xcc
    const val UINT16 = 0xcd
    const val UINT32 = 0xce
    const val UINT64 = 0xcf
    const val INT8 = 0xd0
    const val INT16 = 0xd1
    const val INT32 = 0xd2
    const val INT64 = 0xd3
    const val FIXEXT1 = 0xd4
    const val FIXEXT4 = 0xd6
    const val FIXEXT8 = 0xd7
    const val FIXEXT16 = 0xd8
    const val STR8 = 0xd9
    const val STR16 = 0xda
    const val STR32 = 0xdb
    const val ARRAY16 = 0xdc
    const val ARRAY32 = 0xdd
    const val MAP16 = 0xde
    const val MAP32 = 0xdf
    const val NEGATIVE_FIXINT = 0xe0

    /** The extension type of timestamps. */
    const val TIMESTAMP: Byte = -1
}

/** The family of every first byte; null for the one byte that no value may start with. */
@InternalHyphaApi
internal val typeOfLead: Array<WireType?> =
    Array(256) { lead ->
        when (lead) {
            in 0 until WireCodes.FIXMAP, in WireCodes.NEGATIVE_FIXINT..0xff, in WireCodes.UINT8..WireCodes.INT64 -> WireType.Integer
            in WireCodes.FIXMAP until WireCodes.FIXARRAY, WireCodes.MAP16, WireCodes.MAP32 -> WireType.Map
            in WireCodes.FIXARRAY until WireCodes.FIXSTR, WireCodes.ARRAY16, WireCodes.ARRAY32 -> WireType.Array
            in WireCodes.FIXSTR until WireCodes.NIL, in WireCodes.STR8..WireCodes.STR32 -> WireType.String
            WireCodes.NIL -> WireType.Nil
            WireCodes.FALSE, WireCodes.TRUE -> WireType.Boolean
            in WireCodes.BIN8..WireCodes.BIN32 -> WireType.Binary
            in WireCodes.EXT8..WireCodes.EXT32, in WireCodes.FIXEXT1..WireCodes.FIXEXT16 -> WireType.Extension
            WireCodes.FLOAT32, WireCodes.FLOAT64 -> WireType.Float
            else -> null
        }
    }
