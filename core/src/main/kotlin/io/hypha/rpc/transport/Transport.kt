package io.hypha.rpc.transport

import io.hypha.rpc.InternalHyphaApi

/** A way to reach a server or a peer: WebSocket, an in-memory pair, later HTTP and data channels. */
@InternalHyphaApi
public interface Transport {
    /**
     * Connects and does the handshake of this transport (protocol §1.2 to §1.5).
     *
     * @throws io.hypha.rpc.HyphaException when the server refuses the identity, with the server's reason: see [handshakeRefusal].
     * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached or does not answer in time.
     */
    public suspend fun open(identity: Identity): Link
}
