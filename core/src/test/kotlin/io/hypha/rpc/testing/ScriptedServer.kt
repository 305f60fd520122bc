package io.hypha.rpc.testing

import io.hypha.rpc.client.GetServiceOptions
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.transport.LinkedPair
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest

/** The far end of a client's link as a whole server: its manager, and any other client behind it. */
internal class ScriptedServer(
    private val pair: LinkedPair,
) {
    val manager = ScriptedPeer(pair.right, "*/manager-1")

    fun peer(address: String): ScriptedPeer = ScriptedPeer(pair.right, address)

    /** The next message, which is a call of [function] of the manager. */
    suspend fun expectManager(function: String): Message {
        val call = manager.expect()
        call.main["to"] shouldBe manager.address
        call.method shouldBe "services.default.$function"
        return call
    }

    /** The next message, which is a call to [address] of [path]. */
    suspend fun expectCall(
        address: String,
        path: String,
    ): Message {
        val call = manager.expect()
        "${call.main["to"]}:${call.method}" shouldBe "$address:$path"
        return call
    }

    /** Answers a `get_service` with the service `svc` of [owner], which has the functions [names]. */
    suspend fun hand(
        call: Message,
        owner: String,
        vararg names: String,
    ) {
        val functions = names.associateWith { peer(owner).method("services.svc.$it") }
        manager.resolve(call, mapOf("id" to "$owner:svc", "owner" to owner) + functions)
    }

    /** The service `svc` of [owner] as [client] gets it when it asks for `svc`. */
    suspend fun give(
        client: HyphaConnection,
        owner: String,
        vararg names: String,
        configure: GetServiceOptions.() -> Unit = {},
    ): RemoteService =
        coroutineScope {
            val service = async { client.getService("svc", configure) }
            hand(expectManager("get_service"), owner, *names)
            service.await()
        }

    /** Refuses [call] in the words of a server that cannot deliver it. */
    suspend fun undeliverable(call: Message) {
        peer(call.main["to"] as String).reject(call, "Target peer ${call.main["to"]} is not connected")
    }

    /** Refuses [call] in the words of a client that has no such function. */
    suspend fun missing(call: Message) {
        peer(call.main["to"] as String).reject(call, "Method expired or not found: ws/alice:${call.method}")
    }

    suspend fun answer(
        call: Message,
        result: Any?,
    ) {
        peer(call.main["to"] as String).resolve(call, result)
    }
}

/** Runs [test] with the client `ws/alice` of a scripted server. Nothing may be left at the end. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withScriptedServer(test: suspend TestScope.(alice: HyphaConnection, server: ScriptedServer) -> Unit) =
    runTest {
        val pair = LinkedPair(infoOf("alice"), infoOf("manager-1", "*"), capacity = 1024)
        val alice = connectOver(pair.left)
        try {
            test(alice, ScriptedServer(pair))
            runCurrent()
            shouldHoldNothing(alice)
        } finally {
            alice.close()
            alice.awaitClosed()
        }
    }
