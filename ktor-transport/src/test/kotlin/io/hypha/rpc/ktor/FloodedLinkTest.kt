package io.hypha.rpc.ktor

import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.engine.config
import io.ktor.client.engine.java.Java
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.plugins.websocket.WebSockets
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds

/** A server that sends far more than is taken from the link, on real sockets. */
class FloodedLinkTest {
    private fun FloodingServer.open(configure: ConnectOptions.() -> Unit): Link =
        runBlocking { KtorWebSocketTransport(url, ConnectOptions().apply(configure)).open(Identity("client", "ws", "token", null)) }

    /** How many messages the server got rid of before it had to wait. */
    private fun FloodingServer.awaitStandstill(): Int =
        runBlocking {
            var last = -1
            while (sent != last) {
                last = sent
                delay(Still)
            }
            last
        }

    private fun shouldMakeServerWait(configure: ConnectOptions.() -> Unit) {
        FloodingServer(COUNT, MESSAGE).use { server ->
            val link = server.open(configure)
            server.awaitStandstill() shouldBeLessThan MOST
            runBlocking { repeat(COUNT) { number -> link.receive().number() shouldBe number } }
            link.close("the test is over")
        }
    }

    private fun LinkEvent.number(): Int =
        shouldBeInstanceOf<LinkEvent.Message>().bytes.let {
            (0..3).fold(0) { sum, at ->
                (sum shl 8) or
                    (it[at].toInt() and 0xff)
            }
        }

    @Test
    fun `CIO reads no more than it has room for, and everything arrives in order`() = shouldMakeServerWait { }

    @Test
    fun `OkHttp reads no more than it has room for, and everything arrives in order`() = shouldMakeServerWait { engine = OkHttp }

    @Test
    fun `so does an OkHttp with settings of the user's`() = shouldMakeServerWait { engine = OkHttp.config { clientCacheSize = 1 } }

    @Test
    fun `an OkHttp that waits for room goes on when the link is closed`() =
        FloodingServer(COUNT, MESSAGE).use { server ->
            val link = server.open { engine = OkHttp }
            server.awaitStandstill() shouldBeLessThan MOST
            link.close("the test is over")
            // Else its thread would wait for ever.
            while (server.sent < COUNT) Thread.onSpinWait()
        }

    @Test
    fun `Java reads no more than it has room for, and everything arrives in order`() = shouldMakeServerWait { engine = Java }

    @Test
    fun `an HttpClient with a bound makes the server wait`() {
        HttpClient(CIO) { install(WebSockets) { channels { incoming = bounded(8) } } }.use { given ->
            shouldMakeServerWait {
                httpClient =
                    given
            }
        }
    }

    private fun shouldEndLink(given: HttpClient) =
        FloodingServer(COUNT, MESSAGE).use { server ->
            given.use {
                val link = server.open { httpClient = given }
                server.awaitStandstill()
                val taken = runBlocking { List(COUNT) { link.receive() } }
                val end = taken.filterIsInstance<LinkEvent.Closed>().first()
                end.reason shouldContain "give an engine in place of the httpClient"
                val messages = taken.filterIsInstance<LinkEvent.Message>()
                messages.map { it.number() } shouldBe messages.indices.toList()
                messages.size shouldBe SocketClient.MOST_COUNTED_BYTES / MESSAGE
                link.close("the test is over")
            }
        }

    @Test
    fun `an HttpClient without a bound loses the connection, which says what to do`() =
        shouldEndLink(HttpClient(CIO) { install(WebSockets) })

    @Test
    fun `an HttpClient of OkHttp, which cannot have one, loses the connection, which says what to do`() =
        shouldEndLink(HttpClient(OkHttp) { install(WebSockets) })

    private companion object {
        const val COUNT = 256
        const val MESSAGE = 1 shl 20
        const val MOST = 64
        val Still = 300.milliseconds
    }
}
