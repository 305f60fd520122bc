package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest

/** A link that writes down what leaves over it, and can be made to take no more for a while. */
internal class WatchedLink(
    private val link: Link,
) : Link by link {
    private val isOpen = MutableStateFlow(true)
    private val frames = ArrayList<ByteChain>()

    /** The control messages that have left, in order. */
    val controls = ArrayList<ControlMessage>()

    /** The sizes of the messages that have left, in order. */
    val sizes: List<Int> get() = frames.map { it.size }

    /** The paths that were called in the messages that have left, in order. */
    val methods: List<String> get() = sent.map { it.method }

    /** The messages that have left, in order. */
    val sent: List<Message> get() = frames.map { Message.of(it.toBytes()) }

    /** Forgets what has left so far. */
    fun forget() {
        frames.clear()
        controls.clear()
    }

    /** From now on sending suspends. */
    fun block() {
        isOpen.value = false
    }

    fun unblock() {
        isOpen.value = true
    }

    override suspend fun send(message: ByteChain) {
        if (!isOpen.value) isOpen.first { it }
        frames += message
        link.send(message)
    }

    override suspend fun control(message: ControlMessage) {
        controls += message
        link.control(message)
    }
}

/** A client and the link on which it is. */
internal class WatchedClient(
    val connection: HyphaConnection,
    val link: WatchedLink,
)

/** What [withTwoClients] does, with both links watched. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withWatchedClients(
    configure: HyphaOptions.() -> Unit = {},
    test: suspend TestScope.(alice: WatchedClient, bob: WatchedClient) -> Unit,
) = runTest {
    val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
    val clients = listOf(pair.left, pair.right).map(::WatchedLink).map { WatchedClient(connectOver(it, configure), it) }
    val (alice, bob) = clients
    try {
        test(alice, bob)
        runCurrent()
        shouldHoldNothing(alice.connection, bob.connection)
    } finally {
        for (client in clients) {
            client.connection.close()
            client.connection.awaitClosed()
        }
    }
}
