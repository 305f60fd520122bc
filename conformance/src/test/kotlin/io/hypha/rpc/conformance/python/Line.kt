package io.hypha.rpc.conformance.python

import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes

/** The connection that a script speaks on: whole binary messages. */
internal interface Line {
    suspend fun send(message: ByteChain)

    /** The next message; null at the end. */
    suspend fun receive(): Bytes?
}

/** The far end of a client's link in memory. */
internal class MemoryLine(
    private val link: Link,
) : Line {
    override suspend fun send(message: ByteChain) {
        link.send(message)
    }

    override suspend fun receive(): Bytes? = (link.receive() as? LinkEvent.Message)?.bytes
}
