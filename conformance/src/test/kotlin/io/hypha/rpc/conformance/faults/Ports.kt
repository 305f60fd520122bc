package io.hypha.rpc.conformance.faults

import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import kotlin.random.Random

/** Ports for servers that go and come back. */
internal object Ports {
    /**
     * A free port below those that the system gives to outgoing connections: one of these could take it, or even connect to itself, while
     * the server is away.
     */
    fun free(): Int {
        while (true) {
            val port = Random.nextInt(FIRST, LAST)
            try {
                ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close()
                return port
            } catch (_: IOException) {
                continue
            }
        }
    }

    private const val FIRST = 20_000
    private const val LAST = 32_000
}
