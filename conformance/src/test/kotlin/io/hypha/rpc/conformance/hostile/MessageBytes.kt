package io.hypha.rpc.conformance.hostile

import io.hypha.rpc.HyphaException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RoutingHeader

/** Routing segments as bytes. */
internal object MessageBytes {
    fun of(main: Map<String, Any?>): ByteArray = MsgPackWriter().also { PlainValues.write(it, main) }.finish().toByteArray()

    /** Whether a hub can tell where [bytes] go. */
    fun isRoutable(bytes: ByteArray): Boolean =
        try {
            RoutingHeader.read(MsgPackReader(Bytes(bytes))).to != null
        } catch (_: HyphaException) {
            false
        }
}
