package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest

/** A server that only forwards: it stamps the sender into each message and hands it to its target (protocol §2.3). Without a manager. */
internal class Relay(
    private val test: TestScope,
) {
    private val links = HashMap<String, Link>()
    private val connections = ArrayList<HyphaConnection>()

    /** Connects the client [address]. */
    suspend fun client(
        address: String,
        configure: HyphaOptions.() -> Unit = {},
    ): HyphaConnection {
        val info = infoOf(address.substringAfter('/'), address.substringBefore('/'))
        val pair = LinkedPair(info, info, capacity = 1024)
        links[address] = pair.right
        test.backgroundScope.launch {
            while (true) {
                val event = pair.right.receive() as? LinkEvent.Message ?: break
                forward(address, event.bytes)
            }
        }
        return test.connectOver(pair.left, configure).also(connections::add)
    }

    private suspend fun forward(
        sender: String,
        message: Bytes,
    ) {
        val reader = MsgPackReader(message)
        val main = PlainValues.read(reader) as Map<*, *>
        val target = main["to"] as String
        val stamps = mapOf("from" to sender, "ws" to sender.substringBefore('/'), "user" to mapOf("id" to "user of $sender"))
        val out = MsgPackWriter()
        PlainValues.write(out, main + stamps)
        out.writeRaw(message.slice(reader.position))
        links.getValue(target).send(out.finish())
    }

    fun shouldHoldNothing() {
        shouldHoldNothing(*connections.toTypedArray())
    }

    suspend fun close() {
        connections.forEach { it.close() }
        connections.forEach { it.awaitClosed() }
    }
}

/** Runs [test] with as many clients as it connects, in virtual time. None of them may hold anything at the end. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withRelay(test: suspend TestScope.(relay: Relay) -> Unit) =
    runTest {
        val relay = Relay(this)
        try {
            test(relay)
            runCurrent()
            relay.shouldHoldNothing()
        } finally {
            relay.close()
        }
    }
