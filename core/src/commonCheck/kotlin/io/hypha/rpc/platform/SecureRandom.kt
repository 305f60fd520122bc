package io.hypha.rpc.platform

internal expect fun secureRandomBytes(size: Int): ByteArray
