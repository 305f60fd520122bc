package io.hypha.rpc.platform

private val source = java.security.SecureRandom()

/** [size] bytes that nobody can guess. */
internal fun secureRandomBytes(size: Int): ByteArray = ByteArray(size).also(source::nextBytes)
