package io.hypha.rpc.platform

internal expect class Lock()

internal expect inline fun <T> Lock.withLock(action: () -> T): T
