package io.hypha.rpc.testing

import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * A link that takes everything at once, behind which a network or a server stands still for a while and then reads all that has piled up. Stands
 * for the server as well: it counts the messages as they are read.
 */
internal class StallingLink(
    private val link: Link,
    scope: CoroutineScope,
    private val clock: () -> Duration,
    private val rate: Double = 200.0,
    private val burst: Double = 2000.0,
) : Link by link {
    private val underWay = Channel<suspend () -> Unit>(Channel.UNLIMITED)
    private var tokens = burst
    private var filledAt = clock()

    /** Until when nothing is read. */
    var stallsUntil = Duration.ZERO

    /** How many messages were read. */
    var read = 0
        private set

    /** How many of them came too fast, for the first of which a server ends the link. */
    var tooFast = 0
        private set

    override val info: ConnectionInfo =
        ConnectionInfo(
            JsonObject(link.info.entries + mapOf("message_rate" to JsonPrimitive(rate), "message_burst" to JsonPrimitive(burst))),
        )

    init {
        scope.launch {
            for (arrive in underWay) {
                while (clock() < stallsUntil) delay(10.milliseconds)
                arrive()
            }
        }
    }

    override suspend fun send(message: ByteChain) {
        underWay.send {
            count()
            link.send(message)
        }
    }

    override suspend fun control(message: ControlMessage) = underWay.send { link.control(message) }

    private fun count() {
        val now = clock()
        tokens = minOf(burst, tokens + rate * ((now - filledAt) / 1.seconds))
        filledAt = now
        read++
        if (tokens >= 1) tokens-- else tooFast++
    }
}
