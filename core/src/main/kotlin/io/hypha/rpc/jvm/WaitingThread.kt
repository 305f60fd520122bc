package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallDispatcher
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.yield
import java.util.concurrent.locks.LockSupport
import kotlin.coroutines.CoroutineContext

/** The thread that makes it: while that waits for a call it does what there is to do for it. */
internal class WaitingThread :
    CoroutineDispatcher(),
    CallDispatcher {
    private val thread = Thread.currentThread()
    private val lock = Any()
    private val blocks = ArrayDeque<Runnable>()
    private var isGone = false

    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) {
        val isTaken =
            synchronized(lock) {
                if (!isGone) blocks.addLast(block)
                !isGone
            }
        when {
            !isTaken -> Dispatchers.Default.dispatch(context, block)
            Thread.currentThread() !== thread -> LockSupport.unpark(thread)
        }
    }

    override suspend fun enter(): Boolean {
        if (Thread.currentThread() !== thread) yield()
        return true
    }

    /** Waits until [isOver], of which it is told by [wake]. False when the thread is interrupted before; it is not any more. */
    inline fun waitUntil(isOver: () -> Boolean): Boolean {
        while (!isOver()) {
            val block = synchronized(lock) { blocks.removeFirstOrNull() }
            when {
                block != null -> block.run()
                Thread.interrupted() -> return false
                else -> LockSupport.park(this)
            }
        }
        return true
    }

    /** Has the thread look again whether its wait is over. */
    fun wake() {
        if (Thread.currentThread() !== thread) LockSupport.unpark(thread)
    }

    /** The thread does nothing here any more. */
    fun leave(context: CoroutineContext) {
        val left =
            synchronized(lock) {
                isGone = true
                blocks.toList().also { blocks.clear() }
            }
        for (block in left) Dispatchers.Default.dispatch(context, block)
    }
}
