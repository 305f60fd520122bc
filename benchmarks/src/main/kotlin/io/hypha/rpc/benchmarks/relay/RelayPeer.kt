package io.hypha.rpc.benchmarks.relay

import io.hypha.rpc.benchmarks.peer.Commands
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import java.nio.ByteBuffer

/**
 * A process with one bare WebSocket: `<hub> provider`, or `<hub> caller <address of the provider>`. What these two reach is what the hub and
 * the sockets allow; what a client reaches of it is its own work.
 */
internal object RelayPeer {
    @JvmStatic
    fun main(args: Array<String>) {
        val (hub, role) = args
        runBlocking { if (role == "provider") provide(hub) else call(hub, args[2]) }
    }

    private suspend fun provide(hub: String) {
        val answers = HashMap<Int, ByteBuffer>()
        val socket =
            RelaySocket.connect(hub) { size ->
                send(answers.getOrPut(size) { RelayFrame.of(peer, size, answer = 0) }.duplicate())
            }
        Commands(load = null).serve(socket.address)
    }

    private suspend fun call(
        hub: String,
        provider: String,
    ) {
        lateinit var load: RelayLoad
        val socket = RelaySocket.connect(hub) { load.answered() }
        load = RelayLoad(socket, provider, FrameSizes.measure())
        // Whoever waits for an answer goes on where it arrives: no other thread takes part.
        Commands(load, Dispatchers.Unconfined).serve("")
    }
}
