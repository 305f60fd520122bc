package io.hypha.rpc.ktor

import java.io.EOFException
import java.io.IOException
import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.nio.ByteBuffer
import java.security.MessageDigest
import java.util.Base64
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** A server that sends one client [count] messages of [size] bytes, numbered from 0, as fast as they leave, and then says nothing. */
internal class FloodingServer(
    private val count: Int,
    private val size: Int,
) : AutoCloseable {
    private val listener = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    private val left = AtomicInteger()

    @Volatile
    private var client: Socket? = null

    val url: String get() = "ws://127.0.0.1:${listener.localPort}"

    /** How many messages have left wholly. */
    val sent: Int get() = left.get()

    private val worker =
        thread(isDaemon = true, name = "flooding-server") {
            try {
                serve(listener.accept())
            } catch (_: IOException) {
                // The client has gone, or the test has ended.
            }
        }

    private fun serve(socket: Socket) {
        client = socket
        // What the two sockets hold by themselves is not the client's to bound.
        socket.sendBufferSize = SMALL
        val input = socket.getInputStream()
        val output = socket.getOutputStream()
        output.write(upgrade(input))
        write(socket, TEXT, GREETING.encodeToByteArray())
        val message = ByteArray(size)
        repeat(count) { number ->
            ByteBuffer.wrap(message).putInt(number)
            write(socket, BINARY, message)
            left.incrementAndGet()
        }
        while (input.read() >= 0) continue
    }

    private fun upgrade(input: InputStream): ByteArray {
        val request = StringBuilder()
        while (!request.endsWith("\r\n\r\n")) {
            val byte = input.read()
            if (byte < 0) throw EOFException()
            request.append(byte.toChar())
        }
        val key =
            request
                .lines()
                .first { it.startsWith("Sec-WebSocket-Key:", ignoreCase = true) }
                .substringAfter(':')
                .trim()
        val accept = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest((key + MAGIC).encodeToByteArray()))
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: $accept\r\n\r\n"
            .encodeToByteArray()
    }

    private fun write(
        socket: Socket,
        opcode: Int,
        payload: ByteArray,
    ) {
        val frame = ByteBuffer.allocate(LONGEST_HEAD + payload.size)
        frame.put((FINAL or opcode).toByte())
        // The shortest form, for the JDK takes no other.
        when {
            payload.size < MEDIUM -> frame.put(payload.size.toByte())
            payload.size <= MOST_MEDIUM -> frame.put(MEDIUM.toByte()).putShort(payload.size.toShort())
            else -> frame.put(LONG.toByte()).putLong(payload.size.toLong())
        }
        frame.put(payload)
        socket.getOutputStream().write(frame.array(), 0, frame.position())
    }

    override fun close() {
        listener.close()
        client?.close()
        worker.join()
    }

    private companion object {
        const val MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        const val SMALL = 64 * 1024
        const val FINAL = 0x80
        const val TEXT = 1
        const val BINARY = 2

        /** Stands for a length in the next two bytes. */
        const val MEDIUM = 126
        const val MOST_MEDIUM = 0xffff

        /** Stands for a length in the next eight bytes. */
        const val LONG = 127
        const val LONGEST_HEAD = 10
        const val GREETING =
            """{"type":"connection_info","hypha_version":"0.21.135","public_base_url":"http://127.0.0.1:1","manager_id":"manager-1",""" +
                """"workspace":"ws","client_id":"client","user":{"id":"tester"},"reconnection_token":"token"}"""
    }
}
