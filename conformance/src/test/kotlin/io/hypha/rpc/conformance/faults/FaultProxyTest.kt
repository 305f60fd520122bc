package io.hypha.rpc.conformance.faults

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.net.ConnectException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketException
import java.net.SocketTimeoutException
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** The proxy itself: it does to bare sockets what each fault says. */
@Timeout(20)
class FaultProxyTest {
    private val server = ServerSocket(0, 10, InetAddress.getLoopbackAddress())
    private val proxy = FaultProxy(server.localPort)
    private val sockets = ArrayList<Socket>()

    @AfterEach
    fun end() {
        sockets.forEach { it.close() }
        server.close()
        proxy.close()
    }

    private fun connect(): Pair<Socket, Socket> {
        val client = client()
        val accepted = server.accept().also(sockets::add)
        return client to accepted
    }

    private fun client() = Socket(InetAddress.getLoopbackAddress(), proxy.port).also(sockets::add)

    private fun Socket.say(text: String) = getOutputStream().write(text.encodeToByteArray())

    private fun Socket.hear(count: Int) = getInputStream().readNBytes(count).decodeToString()

    private fun Socket.shouldHearNothing() {
        soTimeout = SILENCE
        shouldThrow<SocketTimeoutException> { getInputStream().read() }
        soTimeout = 0
    }

    @Test
    fun `without a fault everything passes, both ways, the end too`() {
        val (client, server) = connect()
        client.say("hello")
        server.hear(5) shouldBe "hello"
        server.say("world")
        client.hear(5) shouldBe "world"
        client.shutdownOutput()
        server.getInputStream().read() shouldBe -1
        server.say("!")
        client.hear(1) shouldBe "!"
        server.close()
        client.getInputStream().read() shouldBe -1
    }

    @Test
    fun `cut ends both sides in good form`() {
        val (client, server) = connect()
        proxy.inject(Fault.Cut)
        client.getInputStream().read() shouldBe -1
        server.getInputStream().read() shouldBe -1
    }

    @Test
    fun `reset breaks both sides`() {
        val (client, server) = connect()
        proxy.inject(Fault.Reset)
        shouldThrow<SocketException> { client.getInputStream().read() }
        shouldThrow<SocketException> { server.getInputStream().read() }
    }

    @Test
    fun `half-open ends one side alone`() {
        val (client, server) = connect()
        proxy.inject(Fault.HalfOpen.ForClient)
        server.getInputStream().read() shouldBe -1
        client.say("anybody there?")
        client.shouldHearNothing()

        val (otherClient, otherServer) = connect()
        proxy.inject(Fault.HalfOpen.ForServer)
        otherClient.getInputStream().read() shouldBe -1
        otherServer.say("anybody there?")
        otherServer.shouldHearNothing()
    }

    @Test
    fun `stall holds bytes up one way until it is healed, and loses none`() {
        val (client, server) = connect()
        proxy.inject(Fault.Stall(Way.Up))
        client.say("late")
        server.say("in time")
        client.hear(7) shouldBe "in time"
        server.shouldHearNothing()
        proxy.heal()
        server.hear(4) shouldBe "late"
    }

    @Test
    fun `delay makes bytes late`() {
        val (client, server) = connect()
        proxy.inject(Fault.Delay(100.milliseconds))
        val start = TimeSource.Monotonic.markNow()
        client.say("late")
        server.hear(4) shouldBe "late"
        (start.elapsedNow() >= 100.milliseconds) shouldBe true
    }

    @Test
    fun `bandwidth spreads bytes over time`() {
        val (client, server) = connect()
        proxy.inject(Fault.Bandwidth(10_000))
        val start = TimeSource.Monotonic.markNow()
        client.say("x".repeat(3000))
        server.hear(3000).length shouldBe 3000
        (start.elapsedNow() >= 200.milliseconds) shouldBe true
    }

    @Test
    fun `refuse leaves nobody listening until it is healed`() {
        proxy.inject(Fault.Refuse)
        shouldThrow<ConnectException> { client() }
        proxy.heal()
        val (client, server) = connect()
        client.say("again")
        server.hear(5) shouldBe "again"
    }

    @Test
    fun `silence accepts and says nothing`() {
        proxy.inject(Fault.Silence)
        val client = client()
        client.say("anybody there?")
        client.shouldHearNothing()
    }

    @Test
    fun `flap ends so many connections and serves the next one`() {
        proxy.inject(Fault.Flap(times = 2))
        repeat(2) { client().getInputStream().read() shouldBe -1 }
        val (client, server) = connect()
        client.say("hello")
        server.hear(5) shouldBe "hello"
    }

    @Test
    fun `flap after a frame lets that frame through`() {
        proxy.inject(Fault.Flap(times = 1, frames = 1))
        val (client, server) = connect()
        server.say(UPGRADE)
        server.getOutputStream().write(byteArrayOf(0x81.toByte(), 2) + "hi".encodeToByteArray())
        client.hear(UPGRADE.length + 4).takeLast(2) shouldBe "hi"
        client.getInputStream().read() shouldBe -1
    }

    @Test
    fun `corrupt flips the bits it is told to in binary frames, and in no other`() {
        val (client, server) = connect()
        proxy.inject(Fault.Corrupt(Way.Down, offset = 1, bits = 0x20))
        server.say(UPGRADE)
        for (opcode in listOf(0x81, 0x82, 0x82)) server.getOutputStream().write(byteArrayOf(opcode.toByte(), 3) + "abc".encodeToByteArray())
        client.hear(UPGRADE.length)
        List(3) { client.hear(5).takeLast(3) } shouldBe listOf("abc", "aBc", "abc")
        proxy.conditions.corruptedFrames shouldBe 1
    }

    @Test
    fun `a server that is gone is a reset for its clients`() {
        server.close()
        shouldThrow<SocketException> { client().getInputStream().read() }
    }

    private companion object {
        const val SILENCE = 100
        const val UPGRADE = "HTTP/1.1 101 Switching Protocols\r\n\r\n"
    }
}
