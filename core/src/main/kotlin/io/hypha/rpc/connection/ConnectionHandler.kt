package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.wire.Bytes

/** What a [Connection] tells the room above. */
internal interface ConnectionHandler {
    /** A message arrived. Called from the one reader; must neither wait nor throw. */
    fun onMessage(message: Bytes)

    /**
     * There is another link, to a server that knows nothing of this client yet: what it has to know goes out with the urgency
     * [Restoration][io.hypha.rpc.transport.Urgency.Restoration], everything else waits until this returns.
     *
     * @throws HyphaException when that did not work; the link is ended then, and another one made.
     */
    suspend fun restore(info: ConnectionInfo)

    /** The connection has come back. Must neither wait nor throw. */
    fun onRestored(info: ConnectionInfo)

    /** The connection has ended for good; [cause] says why. Called once, if the user did not end it. Must neither wait nor throw. */
    fun onClosed(cause: HyphaException)
}
