package io.hypha.rpc.conformance.faults

import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.seconds

/**
 * A server of WebSockets that does what it is told, right or wrong.
 *
 * @param scripts what it does on the first connection, on the second, and so on; the last one is for all that follow. Each runs on a thread
 *   of its own, and the socket ends with it.
 */
internal class WrongHub(
    private vararg val scripts: WrongSocket.() -> Unit,
) : AutoCloseable {
    private val listener = ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())
    private val sockets: MutableSet<WrongSocket> = ConcurrentHashMap.newKeySet()
    private val threads: MutableSet<Thread> = ConcurrentHashMap.newKeySet()
    private val acceptedCount = AtomicInteger()

    /** What went wrong in a script, other than that the client has gone. */
    private val problems = CopyOnWriteArrayList<Throwable>()

    val url: String get() = "http://127.0.0.1:${listener.localPort}"

    /** How many connections have been accepted so far. */
    val accepted: Int get() = acceptedCount.get()

    init {
        start { while (true) serve(WrongSocket(listener.accept())) }
    }

    private fun serve(socket: WrongSocket) {
        val index = acceptedCount.getAndIncrement()
        sockets.add(socket)
        start {
            try {
                socket.upgrade()
                scripts[minOf(index, scripts.lastIndex)](socket)
            } finally {
                socket.close()
                sockets.remove(socket)
            }
        }
    }

    private fun start(work: () -> Unit) {
        val thread =
            thread(start = false, isDaemon = true, name = "wrong-hub-${listener.localPort}") {
                try {
                    work()
                } catch (_: IOException) {
                    // The client has gone, or this hub has been closed.
                } catch (_: InterruptedException) {
                    // This hub has been closed.
                } catch (
                    @Suppress("TooGenericExceptionCaught") e: Throwable,
                ) {
                    problems.add(e)
                } finally {
                    threads.remove(Thread.currentThread())
                }
            }
        threads.add(thread)
        thread.start()
    }

    /** Ends everything, and fails when a script has. */
    override fun close() {
        listener.close()
        sockets.forEach { it.close() }
        val deadline = System.nanoTime() + PATIENCE.inWholeNanoseconds
        while (System.nanoTime() < deadline) {
            val thread = threads.firstOrNull() ?: break
            thread.interrupt()
            thread.join(1)
        }
        problems.firstOrNull()?.let { throw AssertionError("the script of the hub failed", it) }
        check(threads.isEmpty()) { "the hub leaves behind: ${threads.map { it.name }}" }
    }

    private companion object {
        const val BACKLOG = 100
        val PATIENCE = 5.seconds
    }
}
