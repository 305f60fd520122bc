package io.hypha.rpc.fuzz

import com.code_intelligence.jazzer.junit.FuzzTest
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.frame
import io.hypha.rpc.testing.packed
import io.hypha.rpc.wire.allocatedBy
import org.junit.jupiter.params.provider.MethodSource
import kotlin.time.Duration.Companion.minutes

/**
 * Whatever messages arrive, in whatever order: the client says by name what it refuses, keeps nothing for good, and still answers a good call.
 */
class DispatcherFuzzTest {
    @MethodSource("io.hypha.rpc.fuzz.Seeds#scripts")
    @FuzzTest
    fun `any messages leave a client that works`(bytes: ByteArray) {
        repeat(MOST_RUNS) {
            val allocated = play(bytes)
            if (allocated <= COST_OF_A_SCRIPT + COST_OF_A_BYTE * bytes.size) return
        }
        throw AssertionError("messages made of ${bytes.size} bytes cost too much memory")
    }

    /** Returns how many bytes the messages cost. */
    private fun play(bytes: ByteArray): Long {
        val client = current ?: FuzzedClient().also { it.listen() }
        val allocated = allocatedBy { MessageScript(bytes, client).play() }
        if (!client.isClosed) {
            // Long enough for calls of nobody, sessions that nobody uses and messages that nobody completes.
            client.pass(16.minutes)
            val statistics = client.client.statistics.toString()
            demand(statistics == "sessions=0, incomingCalls=0, longMessages=0") { "$statistics are left" }
            answersAGoodCall(client)
        }
        client.requireNoProblem()
        // Making a client takes longer than most scripts, so it serves many of them, as it must be able to.
        current = client.takeIf { !it.isClosed && ++scripts % SCRIPTS_OF_A_CLIENT != 0 }
        if (current == null) client.end()
        return allocated
    }

    private fun FuzzedClient.listen() {
        onSent = { message -> requireNamedRefusal(message) }
    }

    /** A refusal names what is wrong; an exception that only a mistake of the library's own can be is no such name. */
    private fun requireNamedRefusal(message: Message) {
        if (!message.method.endsWith(".reject")) return
        val error = message.args.firstOrNull() as? Map<*, *> ?: return
        val text = error["_rvalue"].toString()
        demand(mistakes.none { text.startsWith(it) }) { "refused with $text\n${error["_rtrace"]}" }
    }

    private fun answersAGoodCall(client: FuzzedClient) {
        client.takeSent()
        val main = mapOf("type" to "method", "from" to "ws/good", "to" to "ws/alice", "method" to "services.open.add", "session" to "G1")
        client.deliver(frame(main, packed(mapOf("args" to listOf(20, 22), "promise" to "*"))))
        val reply = client.takeSent().single()
        demand(reply.method == "G1.resolve" && reply.args == listOf(42L)) { "a good call is answered with $reply" }
    }

    private companion object {
        var current: FuzzedClient? = null
        var scripts = 0
        const val SCRIPTS_OF_A_CLIENT = 100
        const val MOST_RUNS = 3
        const val COST_OF_A_SCRIPT = 6_000_000L
        const val COST_OF_A_BYTE = 5000L
        val mistakes =
            listOf("NullPointer", "ClassCast", "IndexOutOfBounds", "ArrayIndexOutOfBounds", "StringIndexOutOfBounds", "NegativeArraySize") +
                listOf("Arithmetic", "ConcurrentModification", "NoSuchElement", "NumberFormat", "IllegalState", "StackOverflow") +
                listOf("OutOfMemory", "UnsupportedOperation", "NotImplemented", "Uninitialized", "AssertionError", "Cancellation")
    }
}
