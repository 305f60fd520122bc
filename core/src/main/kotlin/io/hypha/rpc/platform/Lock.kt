package io.hypha.rpc.platform

import java.util.concurrent.locks.ReentrantLock

/** Guards a few instructions of shared state. Never held while anything suspends or while code of a user runs. */
internal class Lock : ReentrantLock()

internal inline fun <T> Lock.withLock(action: () -> T): T {
    lock()
    try {
        return action()
    } finally {
        unlock()
    }
}
