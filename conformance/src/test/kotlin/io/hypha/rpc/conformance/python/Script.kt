package io.hypha.rpc.conformance.python

import io.hypha.rpc.wire.ByteChain
import io.kotest.assertions.AssertionErrorBuilder
import io.kotest.assertions.withClue
import io.kotest.matchers.nulls.shouldBeNull
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

/**
 * Plays one side of a recorded conversation: says what that side said, with today's names, and checks that the other side says what
 * was recorded, except for the differences that [table] allows.
 *
 * @param playsClient whether it plays the client whose connection was recorded, else the server and the peers behind it.
 * @param inOrder whether the other side must say everything in the recorded order; else replies to calls that run side by side may
 *   change places.
 * @param scope where it listens.
 * @param playText what to do about the text frames of a WebSocket; a link in memory has none.
 */
internal class Script(
    private val line: Line,
    val names: Names,
    private val table: DifferenceTable,
    private val playsClient: Boolean,
    private val inOrder: Boolean,
    scope: CoroutineScope,
    private val playText: suspend (RecordedMessage) -> Unit = {},
) {
    private val heard = Channel<Message>(Channel.UNLIMITED)
    private val early = ArrayList<Message>()
    private val longMessages = LongMessages(names)

    init {
        scope.launch {
            while (true) heard.send(Message.of(line.receive() ?: break))
        }
    }

    suspend fun play(messages: List<RecordedMessage>) {
        for (message in messages) {
            val isMine = message.isFromClient == playsClient
            when (message.kind) {
                RecordedMessage.Kind.Binary -> if (isMine) say(message) else listenFor(message)
                RecordedMessage.Kind.Long -> if (isMine) longMessages.prepare(message) else longMessages.announce(message)
                RecordedMessage.Kind.Text -> playText(message)
                RecordedMessage.Kind.Close -> Unit
            }
        }
    }

    /** Says [message] with today's names. */
    suspend fun say(message: RecordedMessage) {
        val isPiece = message.args.any { it is ElidedBytes }
        val payload = if (isPiece) message.payload + ("args" to longMessages.filledIn(message)) else message.payload
        val segments = listOf(translated(message.main), translated(payload))
        send(Message.encode(if (message.segments.size == 1) segments.take(1) else segments))
    }

    suspend fun send(message: ByteChain) {
        line.send(message)
    }

    /** The next message of the other side, which must be as recorded in [message]. */
    suspend fun listenFor(message: RecordedMessage): Message {
        val actual = if (inOrder) next("'$message'") else find(message)
        table.check(Comparison(names, message).with(actual))
        if (message.method.endsWith("message_cache.set")) longMessages.collect(message, actual)
        if (message.method.endsWith("message_cache.process")) {
            val (recorded, whole) = longMessages.completed(message)
            table.check(Comparison(names, recorded).with(whole))
        }
        return actual
    }

    /** The next message of the other side, whatever it is. */
    suspend fun next(expected: String): Message =
        withTimeoutOrNull(Patience) { heard.receive() } ?: AssertionErrorBuilder.fail("nothing came instead of $expected")

    private suspend fun find(message: RecordedMessage): Message {
        early.firstOrNull { isAbout(it, message) }?.let { return it.also(early::remove) }
        while (true) {
            val actual = next("'$message'; before it came ${early.map { it.method }}")
            if (isAbout(actual, message)) return actual
            early += actual
        }
    }

    private fun isAbout(
        actual: Message,
        message: RecordedMessage,
    ): Boolean =
        names.matches(message.method, actual.method) &&
            (!message.method.endsWith("message_cache.set") || actual.args[1] == message.args[1])

    /** Fails when the other side has said anything that was not listened for. */
    fun shouldHaveHeardNothingElse() {
        withClue("a message that was not recorded") { (early.firstOrNull() ?: heard.tryReceive().getOrNull()).shouldBeNull() }
    }

    private fun translated(segment: Map<String, Any?>) = segment.mapValues { names.translated(it.value) }

    private companion object {
        val Patience = 60.seconds
    }
}
