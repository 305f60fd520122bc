package io.hypha.rpc.hub

import java.net.Socket

/** A client that connects, and then reads nothing any more. */
internal class StalledClient(
    hub: HyphaHub,
    credentials: String,
) : AutoCloseable {
    private val socket = Socket()

    init {
        socket.receiveBufferSize = 16_384
        socket.connect(java.net.InetSocketAddress("127.0.0.1", hub.port))
        val request =
            "GET /ws HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        socket.getOutputStream().write(request.encodeToByteArray())
        readUntil("\r\n\r\n")
        socket.getOutputStream().write(masked(credentials.encodeToByteArray()))
        readUntil("connection_info")
    }

    private fun masked(text: ByteArray): ByteArray {
        val size = text.size
        val head = byteArrayOf(0x81.toByte(), (0x80 or 126).toByte(), (size shr 8).toByte(), size.toByte())
        return head + ByteArray(4) + text
    }

    private fun readUntil(word: String) {
        val seen = StringBuilder()
        while (word !in seen) {
            val byte = socket.getInputStream().read()
            check(byte >= 0) { "The hub closed the connection after: $seen" }
            seen.append(byte.toChar())
        }
    }

    override fun close() {
        socket.close()
    }
}
