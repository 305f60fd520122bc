package io.hypha.rpc.benchmarks.relay

import io.hypha.rpc.benchmarks.peer.Load
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import java.nio.ByteBuffer

/** Sends frames as many and as large as those of [HyphaLoad][io.hypha.rpc.benchmarks.peer.HyphaLoad], and waits for as many answers. */
internal class RelayLoad(
    private val socket: RelaySocket,
    private val provider: String,
    private val sizes: FrameSizes,
) : Load {
    private val frames = HashMap<FrameSizes.Exchange, ByteBuffer>()
    private val waiting = ArrayDeque<CompletableDeferred<Unit>>()

    /** The provider answers in order. */
    fun answered() {
        synchronized(waiting) { waiting.removeFirst() }.complete(Unit)
    }

    override suspend fun call() = exchange(sizes.call)

    override suspend fun items(deadline: Long): Int {
        var count = 0
        while (System.nanoTime() < deadline) {
            exchange(sizes.item)
            count++
        }
        return count
    }

    /** Up and down again: a beginning, the pieces with some under way at a time, an end. */
    override suspend fun array() {
        for (piece in listOf(sizes.upwards, sizes.downwards)) {
            exchange(sizes.control)
            var left = sizes.pieces
            coroutineScope {
                repeat(WINDOW) {
                    launch {
                        while (left-- > 0) exchange(piece)
                    }
                }
            }
            exchange(sizes.control)
        }
    }

    private suspend fun exchange(sizes: FrameSizes.Exchange) {
        val frame = frames.getOrPut(sizes) { RelayFrame.of(provider, sizes.request, sizes.answer) }
        val done = CompletableDeferred<Unit>()
        synchronized(waiting) {
            waiting.addLast(done)
            socket.send(frame.duplicate())
        }
        done.await()
    }

    private companion object {
        /** As many as our client has under way. */
        const val WINDOW = 16
    }
}
