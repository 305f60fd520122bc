package io.hypha.rpc.hub

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.io.IOException
import java.net.InetSocketAddress
import java.net.Socket
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

class StoppingSpec :
    FunSpec({
        test("whoever connects while a hub stops is refused or sent away, and not left waiting") {
            repeat(3) {
                val hub = HyphaHub.start(hubOptions { })
                val sockets = mutableListOf<Socket>()
                val hasBegun = CountDownLatch(1)
                val knocking =
                    thread {
                        // Until nobody answers any more.
                        runCatching {
                            while (true) {
                                sockets += knock(hub.port)
                                hasBegun.countDown()
                            }
                        }
                    }
                hasBegun.await()
                hub.close()
                knocking.join()
                sockets.count { isLeftWaiting(it) } shouldBe 0
            }
        }
    })

private const val UPGRADE =
    "GET /ws HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"

private fun knock(port: Int): Socket {
    val socket = Socket()
    socket.connect(InetSocketAddress("127.0.0.1", port))
    socket.getOutputStream().write(UPGRADE.encodeToByteArray())
    return socket
}

/** Reads to the end of what the hub sends. */
private fun isLeftWaiting(socket: Socket): Boolean =
    socket.use {
        it.soTimeout = 5000
        try {
            it.getInputStream().readBytes()
            false
        } catch (_: java.net.SocketTimeoutException) {
            true
        } catch (_: IOException) {
            false
        }
    }
