package io.hypha.rpc.call

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Keeps the messages into one session of a peer in order: a reply never overtakes an earlier, or still unfinished long, message.
 * Made only for calls that got functions; without them there is nothing that a reply could overtake.
 */
internal class SendOrder {
    private val turn = Mutex()

    /** What the reply has to wait for besides. */
    val closings = StreamClosings()

    suspend fun inTurn(send: suspend () -> Unit) = turn.withLock { send() }
}

internal suspend fun SendOrder?.inTurn(send: suspend () -> Unit) = if (this == null) send() else inTurn(send)
