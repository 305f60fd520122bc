package io.hypha.rpc.call

import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.MsgPackWriter

/**
 * Builds a message to [to]: the routing header, which the server reads, and the payload, a map of [entries] entries that [write] writes and
 * that only the receiver reads (protocol §2.1). No other place makes a payload, so that this is where one is sealed.
 */
internal inline fun RpcEndpoint.message(
    to: String,
    method: String,
    session: String? = null,
    parent: String? = null,
    entries: Int = 0,
    write: (MsgPackWriter) -> Unit = {},
): ByteChain {
    val out = MsgPackWriter()
    header(to, method, session, parent).write(out)
    if (entries > 0) {
        out.writeMapHeader(entries)
        write(out)
    }
    return out.finish()
}
