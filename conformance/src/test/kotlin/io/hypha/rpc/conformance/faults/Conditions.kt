package io.hypha.rpc.conformance.faults

import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The lasting faults of a proxy at this moment. All of its connections ask here before they pass something on. */
internal class Conditions {
    private val lock = ReentrantLock()
    private val changed = lock.newCondition()

    @Volatile
    private var faults: List<Fault.Lasting> = emptyList()
    private var isClosed = false
    private val corrupted = HashMap<Fault.Corrupt, Int>()

    /** How many frames were corrupted so far. */
    @Volatile
    var corruptedFrames = 0
        private set

    val isSilent: Boolean get() = lock.withLock { Fault.Silence in faults }

    fun add(fault: Fault.Lasting) = change { faults + fault }

    fun clear() = change { emptyList() }

    fun close() =
        change {
            isClosed = true
            emptyList()
        }

    private fun change(next: () -> List<Fault.Lasting>) {
        lock.withLock {
            faults = next()
            corrupted.clear()
            changed.signalAll()
        }
    }

    /** Waits for what holds up the bytes of [way], and says in which pieces of bytes they may pass. */
    fun await(way: Way): Int =
        lock.withLock {
            while (!isClosed && faults.any { it is Fault.Stall && way in it.ways }) changed.await()
            val fragments = faults.filterIsInstance<Fault.Fragments>().firstOrNull()?.size
            fragments ?: if (faults.any { it is Fault.Bandwidth }) PIECE else Int.MAX_VALUE
        }

    /** Waits for as long as data is late. */
    fun awaitDelay() {
        if (faults.isEmpty()) return
        lock.withLock { faults.filterIsInstance<Fault.Delay>().firstOrNull()?.let { rest(it.time) } }
    }

    /** Waits until [count] bytes more may pass. */
    fun awaitBandwidth(count: Int) {
        lock.withLock {
            val limit = faults.filterIsInstance<Fault.Bandwidth>().firstOrNull() ?: return
            rest(1.seconds * count / limit.bytesPerSecond)
        }
    }

    private fun rest(time: Duration) {
        var left = time.inWholeNanoseconds
        while (left > 0 && !isClosed) left = changed.awaitNanos(left)
    }

    /** The bits to flip in the byte at which [cursor] is. */
    fun damage(
        way: Way,
        cursor: FrameCursor,
    ): Int {
        val offset = cursor.offset ?: return 0
        if (faults.isEmpty() || !cursor.isBinary) return 0
        return lock.withLock {
            val fault = faults.firstOrNull { it is Fault.Corrupt && it.way == way && it.offset == offset } as? Fault.Corrupt ?: return 0
            val done = corrupted[fault] ?: 0
            if (done == fault.frames) return 0
            corrupted[fault] = done + 1
            corruptedFrames++
            fault.bits
        }
    }

    private companion object {
        const val PIECE = 1024
    }
}
