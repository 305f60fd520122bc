package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.value.Referable
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch

/**
 * Sends messages, and those that are too long for one frame piece by piece through the receiver's `message_cache` (protocol §6). At most
 * [WINDOW] pieces are under way at a time, so that the sender needs little more memory than the message itself.
 */
internal class LongMessageSender(
    private val endpoint: RpcEndpoint,
) {
    private val pieceSize = endpoint.options.chunkSize

    /**
     * Sends [message] whole to [target]; returns when it has left, for a long one when the receiver has it.
     *
     * @param loans the interface objects in it.
     */
    suspend fun send(
        target: String,
        message: ByteChain,
        loans: InterfaceLoans? = null,
    ) {
        if (isLong(message)) {
            upload(target, message, loans)
        } else {
            endpoint.sink.send(message)
            loans?.mayBeKept = true
        }
    }

    /** Whether [message] is longer than one frame may be. */
    fun isLong(message: ByteChain): Boolean = message.size > pieceSize + HEADROOM

    private suspend fun upload(
        target: String,
        message: ByteChain,
        loans: InterfaceLoans?,
    ) {
        val key = endpoint.ids.next()
        var isComplete = false
        try {
            call(target, "create", key, false)
            try {
                sendPieces(target, message, key)
            } catch (e: MethodNotFoundException) {
                endpoint.logger.log(HyphaLogger.Level.Debug, "$target takes the pieces of a long message only in order", e)
                sendPiecesInOrder(target, message, key)
            }
            // From here on the receiver may have all of it, whether or not it says so.
            loans?.mayBeKept = true
            call(target, "process", key, false)
            isComplete = true
        } catch (e: HyphaException) {
            if (e.didNotRun) loans?.mayBeKept = false
            throw e
        } finally {
            if (!isComplete) discard(target, key)
        }
    }

    private suspend fun sendPieces(
        target: String,
        message: ByteChain,
        key: String,
    ) {
        val count = (message.size + pieceSize - 1) / pieceSize
        val pieces = Countdown(count)
        coroutineScope {
            repeat(minOf(WINDOW, count)) {
                launch {
                    while (true) {
                        val index = pieces.next() ?: break
                        call(target, "set", key, index, piece(message, index), false)
                    }
                }
            }
        }
    }

    /** For peers of an older protocol, which know no `set`. */
    private suspend fun sendPiecesInOrder(
        target: String,
        message: ByteChain,
        key: String,
    ) {
        val count = (message.size + pieceSize - 1) / pieceSize
        call(target, "create", key, false, true)
        for (index in 0 until count) call(target, "append", key, piece(message, index), false)
    }

    private fun piece(
        message: ByteChain,
        index: Int,
    ): Piece = Piece(message.slice(index * pieceSize, minOf(index * pieceSize.toLong() + pieceSize, message.size.toLong()).toInt()))

    /** The receiver would otherwise keep the pieces until they are too old. Nobody waits for this, so it asks for no reply. */
    private fun discard(
        target: String,
        key: String,
    ) {
        val request = CallRequest(target, "$CACHE.remove", listOf(key), expectsReply = false, isChunk = true)
        endpoint.scope.launch {
            try {
                endpoint.outgoing.call(request) { reader, _ -> reader.skip() }
            } catch (e: HyphaException) {
                endpoint.logger.log(HyphaLogger.Level.Debug, "the pieces of an unfinished message could not be removed at $target", e)
            }
        }
    }

    private suspend fun call(
        target: String,
        function: String,
        vararg args: Any?,
    ) {
        val request = CallRequest(target, "$CACHE.$function", args.asList(), isChunk = true)
        endpoint.outgoing.call(request) { reader, _ -> reader.skip() }
    }

    /** Bytes of a message on their way out, written as one `bin` without being joined. */
    internal class Piece(
        val bytes: ByteChain,
    ) : Referable

    private class Countdown(
        private val count: Int,
    ) {
        private val lock = Lock()
        private var taken = 0

        fun next(): Int? = lock.withLock { if (taken < count) taken++ else null }
    }

    companion object {
        /** Where the pieces of a long message go. */
        const val CACHE = "services.built-in.message_cache"

        /** A frame may be this much longer than a piece before it is cut up (protocol §6.1). */
        private const val HEADROOM = 1024

        /** 16 pieces of 256 KiB fill a fast connection over a long distance and stay far below the server's burst limit. */
        private const val WINDOW = 16
    }
}
