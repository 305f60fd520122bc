package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import io.hypha.rpc.wire.Bytes

/** What a [Connection] tells the room above. Called from its one reader; must neither wait nor throw. */
internal interface ConnectionHandler {
    /** A message arrived. */
    fun onMessage(message: Bytes)

    /** The connection has ended; [cause] says why. Called once. */
    fun onClosed(cause: HyphaException)
}
