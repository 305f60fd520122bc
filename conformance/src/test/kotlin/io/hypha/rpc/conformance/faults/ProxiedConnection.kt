package io.hypha.rpc.conformance.faults

import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Socket
import java.net.SocketException
import java.util.concurrent.atomic.AtomicInteger

/**
 * One connection of a client through the proxy, and its twin to the server.
 *
 * @param frameLimit after so many WebSocket frames from the server the connection is cut.
 */
internal class ProxiedConnection(
    private val client: Socket,
    private val conditions: Conditions,
    private val frameLimit: Int,
    private val onEnd: (ProxiedConnection) -> Unit,
) {
    private val server = Socket()
    private val running = AtomicInteger(Way.entries.size)

    /** What arrives is read and goes nowhere. */
    @Volatile
    private var swallows = false

    init {
        client.tcpNoDelay = true
        // Here, so that it is there to be closed: a socket that is closed while it begins to connect would stay open.
        server.tcpNoDelay = true
    }

    fun connect(port: Int) {
        server.connect(InetSocketAddress(InetAddress.getLoopbackAddress(), port))
    }

    /** Passes on what goes [way], until one end closes. */
    fun pump(way: Way) {
        val (from, to) = if (way == Way.Up) client to server else server to client
        try {
            copy(from, to, way)
            if (!swallows) to.shutdownOutput()
        } catch (_: IOException) {
            if (!swallows) reset()
        } finally {
            if (running.decrementAndGet() == 0) end()
        }
    }

    private fun copy(
        from: Socket,
        to: Socket,
        way: Way,
    ) {
        val buffer = ByteArray(BUFFER)
        val cursor = FrameCursor()
        while (true) {
            val count = from.getInputStream().read(buffer)
            if (count < 0) return
            if (!swallows) conditions.awaitDelay()
            var start = 0
            while (start < count && !swallows) {
                val end = start + minOf(count - start, conditions.await(way))
                val isLast = follow(buffer, start, end, way, cursor)
                if (!swallows) to.getOutputStream().write(buffer, start, end - start)
                conditions.awaitBandwidth(end - start)
                start = end
                if (isLast) cut()
            }
        }
    }

    /** Damages what is to be damaged; true when the connection is to end after these bytes. */
    private fun follow(
        buffer: ByteArray,
        start: Int,
        end: Int,
        way: Way,
        cursor: FrameCursor,
    ): Boolean {
        for (index in start until end) {
            cursor.advance(buffer[index])
            val bits = conditions.damage(way, cursor)
            if (bits != 0) buffer[index] = (buffer[index].toInt() xor bits).toByte()
        }
        return way == Way.Down && cursor.frames >= frameLimit
    }

    /** Reads what the client says until it goes, and says nothing. */
    fun swallow() {
        swallows = true
        try {
            drain(client)
        } finally {
            end()
        }
    }

    fun cut() {
        swallows = true
        // An end that does not close in its turn is not waited for.
        for (socket in listOf(client, server)) quietly { socket.soTimeout = LAST_PATIENCE }
        for (socket in listOf(client, server)) quietly { socket.shutdownOutput() }
    }

    fun reset() {
        swallows = true
        for (socket in listOf(client, server)) {
            quietly { socket.setSoLinger(true, 0) }
            quietly { socket.close() }
        }
        onEnd(this)
    }

    fun halfOpen(kind: Fault.HalfOpen) {
        swallows = true
        quietly { if (kind == Fault.HalfOpen.ForClient) server.close() else client.close() }
    }

    private fun drain(socket: Socket) {
        val buffer = ByteArray(BUFFER)
        while (socket.getInputStream().read(buffer) >= 0) continue
    }

    private fun end() {
        quietly { client.close() }
        quietly { server.close() }
        onEnd(this)
    }

    private fun quietly(act: () -> Unit) {
        try {
            act()
        } catch (_: SocketException) {
            // It had ended already.
        }
    }

    private companion object {
        const val BUFFER = 64 * 1024
        const val LAST_PATIENCE = 2000
    }
}
