package io.hypha.rpc.conformance.faults

import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.seconds

/**
 * Stands between clients and a server on this machine and lets [faults][Fault] happen, also to connections that are running.
 *
 * @param target the port of the server; may change at any time, for the connections to come.
 */
internal class FaultProxy(
    @Volatile var target: Int,
) : AutoCloseable {
    /** Stays the same while nobody listens on it, too. */
    val port: Int = Ports.free()
    val url: String get() = "http://127.0.0.1:$port"

    /** How many connections have been accepted so far. */
    val accepted: Int get() = acceptedCount.get()

    /** How many connections there are at this moment. */
    val open: Int get() = connections.size

    val conditions = Conditions()
    private val acceptedCount = AtomicInteger()
    private val connections: MutableSet<ProxiedConnection> = ConcurrentHashMap.newKeySet()
    private val threads: MutableSet<Thread> = ConcurrentHashMap.newKeySet()
    private val flaps = AtomicInteger()

    @Volatile
    private var flapFrames = 0

    @Volatile
    private var isClosed = false

    @Volatile
    private var listener: ServerSocket? = null
    private var acceptor: Thread? = null

    init {
        listen()
    }

    /** Lets [fault] happen now; a lasting one holds beside those that there are already. */
    fun inject(fault: Fault) {
        when (fault) {
            Fault.Cut -> connections.forEach { it.cut() }
            Fault.Reset -> connections.forEach { it.reset() }
            is Fault.HalfOpen -> connections.forEach { it.halfOpen(fault) }
            Fault.Refuse -> deafen()
            is Fault.Flap -> flap(fault)
            is Fault.Lasting -> conditions.add(fault)
        }
    }

    /** Ends all lasting faults: what was held up goes on, and whoever connects is served. What [Fault.Silence] has met stays silent. */
    @Synchronized
    fun heal() {
        conditions.clear()
        flaps.set(0)
        if (listener == null && !isClosed) listen()
    }

    private fun flap(fault: Fault.Flap) {
        flapFrames = fault.frames
        flaps.set(fault.times)
    }

    @Synchronized
    private fun deafen() {
        listener?.close()
        listener = null
        // The port is free when nobody waits at the socket any more.
        acceptor?.join()
    }

    private fun listen() {
        val socket = ServerSocket()
        socket.reuseAddress = true
        socket.bind(InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG)
        listener = socket
        acceptor = start("accept") { while (true) accept(socket.accept()) }
    }

    private fun accept(client: Socket) {
        acceptedCount.incrementAndGet()
        if (flaps.get() > 0 && flapFrames == 0) {
            flaps.decrementAndGet()
            client.close()
            return
        }
        val limit = if (flaps.getAndUpdate { maxOf(0, it - 1) } > 0) flapFrames else Int.MAX_VALUE
        val connection = ProxiedConnection(client, conditions, limit) { connections.remove(it) }
        connections.add(connection)
        if (isClosed) connection.reset()
        if (conditions.isSilent) {
            start("silent") { connection.swallow() }
            return
        }
        start("up") {
            try {
                connection.connect(target)
            } catch (_: IOException) {
                // The server is not there: its proxy has nobody to speak for.
                connection.reset()
                return@start
            }
            start("down") { connection.pump(Way.Down) }
            connection.pump(Way.Up)
        }
    }

    private fun start(
        what: String,
        work: () -> Unit,
    ): Thread {
        val thread =
            thread(start = false, isDaemon = true, name = "fault-proxy-$port-$what") {
                try {
                    work()
                } catch (_: IOException) {
                    // A socket ended, and the thread with it.
                } finally {
                    threads.remove(Thread.currentThread())
                }
            }
        threads.add(thread)
        thread.start()
        return thread
    }

    /** Ends everything; returns when no thread and no socket is left. */
    override fun close() {
        isClosed = true
        deafen()
        conditions.close()
        connections.forEach { it.reset() }
        val deadline = System.nanoTime() + PATIENCE.inWholeNanoseconds
        while (System.nanoTime() < deadline) (threads.firstOrNull() ?: break).join(1)
        val left = threads.map { it.name }
        check(left.isEmpty() && connections.isEmpty()) { "the proxy leaves behind: $left, ${connections.size} connections" }
    }

    private companion object {
        const val BACKLOG = 100
        val PATIENCE = 5.seconds
    }
}
