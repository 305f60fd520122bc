package io.hypha.rpc.ktor

import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/**
 * Counts the frames that wait to be taken, and their bytes. A frame finds room beside others as long as there are no more than [mostFrames] and
 * [mostBytes] together; alone it does however large it is.
 */
internal class FrameRoom(
    private val mostFrames: Int,
    private val mostBytes: Long,
) {
    private val lock = ReentrantLock()
    private val isFreer = lock.newCondition()
    private val sizes = ArrayDeque<Int>()
    private var bytes = 0L
    private var isClosed = false

    /** Makes this thread wait until a frame of [size] bytes has room, and says true; false when nobody takes frames any more. */
    fun await(size: Int): Boolean =
        lock.withLock {
            while (!isClosed && !hasRoom(size)) isFreer.await()
            if (!isClosed) enter(size)
            !isClosed
        }

    /** Whether a frame of [size] bytes has room; then it is counted. */
    fun tryEnter(size: Int): Boolean = lock.withLock { hasRoom(size).also { if (it) enter(size) } }

    /** The frame that came first is taken. */
    fun leave() {
        lock.withLock {
            bytes -= sizes.removeFirstOrNull() ?: 0
            isFreer.signalAll()
        }
    }

    /** Nobody takes frames any more. */
    fun close() {
        lock.withLock {
            isClosed = true
            isFreer.signalAll()
        }
    }

    private fun hasRoom(size: Int) = sizes.isEmpty() || (sizes.size < mostFrames && bytes + size <= mostBytes)

    private fun enter(size: Int) {
        sizes.addLast(size)
        bytes += size
    }
}
