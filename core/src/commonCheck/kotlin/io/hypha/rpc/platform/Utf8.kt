package io.hypha.rpc.platform

internal expect fun decodeUtf8(
    array: ByteArray,
    offset: Int,
    size: Int,
): String
