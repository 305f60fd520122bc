package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.debug
import io.hypha.rpc.transport.Departure
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.value.Referable
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlin.concurrent.Volatile

/**
 * Sends one long message piece by piece through the receiver's `message_cache` (protocol §6.1), in turn with others to the same receiver. Few
 * pieces are under way at a time, so that the sender needs little more memory than the message itself.
 *
 * @param lane what all pieces together take their turns with.
 * @param progress hears how much of it the receiver has confirmed.
 * @param departure learns when the receiver may have the whole message: it begins to leave with the last frame of all.
 */
internal class Upload(
    private val endpoint: RpcEndpoint,
    private val target: String,
    private val message: ByteChain,
    private val lane: String,
    private val urgency: Urgency,
    private val departure: Departure? = null,
    progress: ProgressListener? = null,
) {
    private val key = endpoint.ids.next()
    private val pieceSize = endpoint.options.chunkSize
    private val count = (message.size + pieceSize - 1) / pieceSize
    private val creation = Creation()

    /**
     * Asks the receiver to take the message. Goes on when the sender gives up meanwhile: calls have no order, so only what is known to be there
     * can be removed for sure.
     */
    private val creating =
        endpoint.scope.async(start = CoroutineStart.LAZY) { call(request("create", listOf(key, false), departure = creation)) }

    private val reports = progress?.let { ProgressReports(it, message.size.toLong(), endpoint.logger, endpoint.serving) }

    /** Returns when the receiver has the message, and who wants to hear of its progress has. */
    suspend fun send(loans: InterfaceLoans?) {
        var isComplete = false
        endpoint.logger.debug { "a long message of ${message.size} bytes goes to $target in $count pieces" }
        try {
            // What follows may take as long as it likes: others need not wait for it.
            endpoint.uploads.use(target, urgency) { window -> window.message { store(window) } }
            // From here on the receiver may have all of it, whether or not it says so.
            loans?.mayBeKept = true
            call(request("process", listOf(key, false), departure = departure))
            isComplete = true
            reports?.end()
        } catch (e: HyphaException) {
            if (e.didNotRun) loans?.mayBeKept = false
            throw e
        } finally {
            reports?.abandon()
            if (!isComplete) discard()
        }
    }

    private suspend fun store(window: UploadWindow) {
        create()
        try {
            sendPieces(window)
        } catch (e: MethodNotFoundException) {
            endpoint.logger.debug { "$target takes the pieces of a long message only in order" }
            sendPiecesInOrder(window)
        }
    }

    private suspend fun create() {
        try {
            creating.await()
        } catch (e: CancellationException) {
            currentCoroutineContext().ensureActive()
            throw ConnectionClosedException("Connection is closed", e, didNotRun = true)
        } finally {
            // What has not left needs not leave any more.
            if (!creation.mayHaveLeft) creating.cancel()
        }
    }

    private suspend fun sendPieces(window: UploadWindow) =
        coroutineScope {
            for (index in 0 until count) {
                inPlace(window) {
                    confirmed(piece(index)) { piece ->
                        // The same piece again changes nothing.
                        endpoint.outgoing.callRepeatably({ set(index, piece) }) { reader, _ -> reader.skip() }
                    }
                }
            }
        }

    private suspend fun CoroutineScope.inPlace(
        window: UploadWindow,
        send: suspend () -> Unit,
    ): Job {
        val place = window.enter()
        return launch { send() }.also { job -> job.invokeOnCompletion { window.leave(place, it) } }
    }

    private fun set(
        index: Int,
        piece: Piece,
    ) = request("set", listOf(key, index, piece, false), isRepeatable = true)

    /** For peers of an older protocol, which know no `set`. */
    private suspend fun sendPiecesInOrder(window: UploadWindow) =
        coroutineScope {
            call("create", key, false, true)
            for (index in 0 until count) inPlace(window) { confirmed(piece(index)) { call("append", key, it, false) } }.join()
        }

    private inline fun confirmed(
        piece: Piece,
        send: (Piece) -> Unit,
    ) {
        send(piece)
        reports?.add(piece.bytes.size)
    }

    private fun piece(index: Int): Piece {
        val end = minOf(index * pieceSize.toLong() + pieceSize, message.size.toLong()).toInt()
        return Piece(message.slice(index * pieceSize, end))
    }

    /** The receiver would otherwise keep the pieces until they are too old. Nobody waits for this, so it asks for no reply. */
    private fun discard() {
        if (!creation.mayHaveLeft) return creating.cancel()
        endpoint.scope.launch {
            try {
                creating.join()
                call(request("remove", listOf(key), expectsReply = false))
            } catch (e: HyphaException) {
                endpoint.logger.debug { "the pieces of an unfinished message could not be removed at $target: ${e.message}" }
            }
        }
    }

    private suspend fun call(
        function: String,
        vararg args: Any?,
    ) = call(request(function, args.asList()))

    private suspend fun call(request: CallRequest) = endpoint.outgoing.call(request) { reader, _ -> reader.skip() }

    private fun request(
        function: String,
        args: List<Any?>,
        expectsReply: Boolean = true,
        departure: Departure? = null,
        isRepeatable: Boolean = false,
    ) = CallRequest(
        target,
        "$CACHE.$function",
        args,
        expectsReply = expectsReply,
        isChunk = true,
        lane = lane,
        urgency = urgency,
        departure = departure,
        isRepeatable = isRepeatable,
    )

    /** Bytes of a message on their way out, written as one `bin` without being joined. */
    internal class Piece(
        val bytes: ByteChain,
    ) : Referable

    private class Creation : Departure {
        @Volatile
        override var mayHaveLeft: Boolean = false

        override fun onWaiting(callOff: () -> Unit) = Unit
    }

    companion object {
        /** Where the pieces of a long message go. */
        const val CACHE = "services.built-in.message_cache"
    }
}
