package io.hypha.rpc.testing

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent

private const val CACHE = "services.built-in.message_cache"

/** A message as the bytes that are cut into pieces. */
internal fun frameOf(
    main: Map<String, Any?>,
    extra: Map<String, Any?>,
): ByteArray {
    val out = MsgPackWriter()
    PlainValues.write(out, main)
    PlainValues.write(out, extra)
    return out.finish().toByteArray()
}

/** Pieces of [size] bytes. */
internal fun ByteArray.pieces(size: Int): List<Bytes> = indices.step(size).map { from -> Bytes(this, from, minOf(size, this.size - from)) }

/** The next message of the client, which must call [function] of the peer's `message_cache`. */
internal suspend fun ScriptedPeer.expectCache(function: String): Message = expect().also { it.method shouldBe "$CACHE.$function" }

/** Calls [function] of the client's `message_cache` and returns the text with which it failed, or null. */
internal suspend fun ScriptedPeer.cache(
    function: String,
    vararg args: Any?,
    session: String = "cache",
): String? {
    call("$CACHE.$function", args.asList(), session)
    val reply = expect()
    if (reply.method == "$session.resolve") return null
    reply.method shouldBe "$session.reject"
    return (reply.args.single() as Map<*, *>)["_rvalue"] as String
}

/** Sends [frame] in pieces, in an order of its own. */
internal suspend fun ScriptedPeer.upload(
    frame: ByteArray,
    key: String,
    pieceSize: Int = 1000,
) {
    cache("create", key, false) shouldBe null
    frame
        .pieces(pieceSize)
        .withIndex()
        .reversed()
        .forEach { (index, piece) -> cache("set", key, index, piece, false) shouldBe null }
}

/** Whatever the client had to say has been read: the next message is the answer to a ping. */
@OptIn(ExperimentalCoroutinesApi::class)
internal suspend fun TestScope.shouldSayNothing(peer: ScriptedPeer) {
    runCurrent()
    peer.call("services.built-in.ping", listOf("ping"), session = "silence")
    peer.expect().method shouldBe "silence.resolve"
}
