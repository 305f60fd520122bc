package io.hypha.rpc.testing

import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Link
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * A link that takes one message after the other, and each for a while: what a slow network makes of one. Stands for the server as well:
 * it throws when there come more messages than [rate] and [burst] allow, as that would end the link.
 *
 * @param takes how long it takes to send so many bytes.
 */
internal class SlowLink(
    private val link: Link,
    private val clock: () -> Duration,
    private val rate: Double = 200.0,
    private val burst: Double = 2000.0,
    private val takes: (Int) -> Duration = { Duration.ZERO },
) : Link by link {
    private val turn = Mutex()
    private var tokens = burst
    private var filledAt = clock()

    /** The methods of the messages that have left, in order. */
    val methods = ArrayList<String>()

    /** Their sizes. */
    val sizes = ArrayList<Int>()

    /** When they left. */
    val times = ArrayList<Duration>()

    override val info: ConnectionInfo =
        ConnectionInfo(
            JsonObject(link.info.entries + mapOf("message_rate" to JsonPrimitive(rate), "message_burst" to JsonPrimitive(burst))),
        )

    override suspend fun send(message: ByteChain) =
        turn.withLock {
            val time = takes(message.size)
            if (time.isPositive()) delay(time)
            count()
            methods += Message.of(message.toBytes()).method
            sizes += message.size
            times += clock()
            link.send(message)
        }

    /** What the server does with each message (protocol §1.8). */
    private fun count() {
        val now = clock()
        tokens = minOf(burst, tokens + rate * ((now - filledAt) / 1.seconds))
        filledAt = now
        check(tokens >= 1) { "Rate limit exceeded: message ${methods.size} came at $now" }
        tokens--
    }
}
