package io.hypha.rpc.conformance.python

import io.hypha.rpc.conformance.provider.sha256
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** The recordings hold long messages whole, but of their pieces only size and hash: both must be of the same bytes. */
class RecordingTest {
    @Test
    fun `the long messages are cut into the pieces that were recorded`() {
        for (recording in listOf(Recording.javaScriptCallsPython, Recording.pythonCallsJavaScript)) {
            val long = recording.messages.filter { it.kind == RecordedMessage.Kind.Long }
            long.size shouldBe 4
            for (message in long) piecesOf(recording, message) shouldBe pieces(message)
        }
    }

    @Test
    fun `every call that only JavaScript makes was recorded`() {
        val all = Recording.javaScriptCallsPython.messages + Recording.pythonCallsJavaScript.messages
        callsOnlyOfJavaScript.filter { call -> all.none(call.isMeant) }.map { it.reason }.shouldBeEmpty()
    }

    private fun piecesOf(
        recording: Recording,
        message: RecordedMessage,
    ): List<Pair<Int, String>> =
        recording
            .of(message.peer)
            .messages
            .filter { it.method.endsWith("message_cache.set") && it.isFromClient == message.isFromClient && it.args[0] == message.key }
            .map { it.args[2] as ElidedBytes }
            .map { it.size to it.sha256 }

    private fun pieces(message: RecordedMessage) = LongMessages.pieces(Message.encode(message.segments)).map { it.size to sha256(it) }
}
