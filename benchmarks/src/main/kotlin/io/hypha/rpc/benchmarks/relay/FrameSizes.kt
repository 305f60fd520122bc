package io.hypha.rpc.benchmarks.relay

import io.hypha.rpc.benchmarks.peer.HyphaLoad
import io.hypha.rpc.benchmarks.peer.Load
import io.hypha.rpc.benchmarks.peer.benchmarkService

/**
 * How many bytes the frames of our client take.
 *
 * @property call a small call and its reply.
 * @property item the request for one item of a stream and the item.
 * @property upwards a piece of an array on its way to the provider, and its acknowledgement.
 * @property pieces how many of these an array has in each direction.
 */
internal class FrameSizes private constructor(
    val call: Exchange,
    val item: Exchange,
    val upwards: Exchange,
    val pieces: Int,
) {
    /** A piece on its way back: a small request, a large answer. */
    val downwards: Exchange = Exchange(upwards.answer, upwards.request)

    /** The beginning or the end of a long message. */
    val control: Exchange = Exchange(upwards.answer, upwards.answer)

    /** Two frames in opposite directions. */
    data class Exchange(
        val request: Int,
        val answer: Int,
    )

    companion object {
        private const val PIECE = 64 * 1024

        /** Looks at the frames of two clients that are linked in this process. */
        suspend fun measure(): FrameSizes =
            FrameTap.use { caller, provider ->
                provider.connection.provideService(benchmarkService())
                val load = HyphaLoad(caller.connection.getServiceOf(provider.connection.clientId, "benchmark"))
                val call = exchange(caller, provider, 0) { load.call() }
                // The first exchange asks for the stream.
                val item = exchange(caller, provider, 1) { load.items(deadline = System.nanoTime()) }
                caller.sizes.clear()
                provider.sizes.clear()
                load.array()
                val (large, small) = (caller.sizes + provider.sizes).partition { it > PIECE }
                FrameSizes(call, item, Exchange(large.max(), small.sum() / small.size), large.size / 2)
            }

        private suspend fun exchange(
            caller: FrameTap,
            provider: FrameTap,
            index: Int,
            action: suspend () -> Unit,
        ): Exchange {
            caller.sizes.clear()
            provider.sizes.clear()
            action()
            return Exchange(caller.sizes[index], provider.sizes[index])
        }
    }
}
