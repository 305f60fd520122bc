package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** What a foreign caller says of the reply that it wants, in the short form. */
internal val shortPromise: Map<String, Any?> = mapOf("promise" to "*", "t" to 15.0)

/** Hands [client] a service of this peer's with the functions [names]. */
internal suspend fun ScriptedPeer.give(
    client: HyphaConnection,
    vararg names: String,
): RemoteService =
    coroutineScope {
        val service = async { client.getServiceOf(address, "svc") { follow = false } }
        resolve(expect(), mapOf("id" to "svc") + names.associateWith { method("services.svc.$it") })
        service.await()
    }

/** The result that the client sends to the call of [session]; fails on anything else. */
internal suspend fun ScriptedPeer.expectResult(session: String = "P1"): Any? {
    val reply = expect()
    reply.main["method"] shouldBe "$session.resolve"
    reply.main["to"] shouldBe address
    reply.main["parent"] shouldBe session
    return reply.args.single()
}

/** The text with which the client refuses the call of [session]; fails on anything else. */
internal suspend fun ScriptedPeer.expectRejection(session: String = "P1"): String {
    val reply = expect()
    reply.main["method"] shouldBe "$session.reject"
    reply.main["parent"] shouldBe session
    val error = reply.args.single() as Map<*, *>
    error.keys shouldBe setOf("_rtype", "_rvalue", "_rtrace")
    error["_rtype"] shouldBe "error"
    return error["_rvalue"] as String
}

/** The client says nothing for [time]. */
internal suspend fun ScriptedPeer.expectNothing(time: Duration = 1.milliseconds) {
    withTimeoutOrNull(time) { expect() }?.toString() shouldBe null
}

/** Calls [method] as another client, [from], over the link of this peer. */
internal suspend fun ScriptedPeer.callAs(
    from: String,
    method: String,
    args: List<Any?> = emptyList(),
    session: String = "P1",
    workspace: String = from.substringBefore('/'),
    extra: Map<String, Any?> = shortPromise,
) {
    send(main(method, "session" to session) + mapOf("from" to from, "ws" to workspace), mapOf("args" to args) + extra)
}

/** A message as bytes: the routing segment and whatever follows it. */
internal fun frame(
    main: Map<String, Any?>,
    payload: ByteArray = ByteArray(0),
): ByteArray {
    val out = MsgPackWriter()
    PlainValues.write(out, main)
    out.writeRaw(Bytes(payload))
    return out.finish().toByteArray()
}

/** [value] as bytes. */
internal fun packed(value: Any?): ByteArray {
    val out = MsgPackWriter()
    PlainValues.write(out, value)
    return out.finish().toByteArray()
}
