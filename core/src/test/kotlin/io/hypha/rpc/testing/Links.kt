package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonPrimitive

/** A transport that hands out one link that is there already. */
internal class GivenLink(
    private val link: Link,
) : Transport {
    override suspend fun open(identity: Identity): Link = link
}

/** What a server would say to the client [clientId] of the workspace `ws`. */
internal fun infoOf(
    clientId: String,
    workspace: String = "ws",
): ConnectionInfo =
    ConnectionInfo.of(
        "workspace" to JsonPrimitive(workspace),
        "client_id" to JsonPrimitive(clientId),
        "manager_id" to JsonPrimitive("manager-1"),
        "public_base_url" to JsonPrimitive("http://127.0.0.1:1"),
    )

/** Connects over [link] in virtual time. */
internal suspend fun TestScope.connectOver(
    link: Link,
    configure: HyphaOptions.() -> Unit = {},
): HyphaConnection {
    val options =
        HyphaOptions().apply {
            coroutineContext = StandardTestDispatcher(testScheduler)
            timeSource = testScheduler.timeSource
            // There is only this link.
            reconnect = ReconnectPolicy.Never
            configure()
        }
    return HyphaConnection.connect(GivenLink(link), options, announces = false)
}

/**
 * Runs [test] with two clients, `ws/alice` and `ws/bob`, whose links are each other's far end: no server between them. Virtual time. At the end
 * neither side may hold a session, a running call or an unfinished message.
 */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withTwoClients(
    configure: HyphaOptions.() -> Unit = {},
    test: suspend TestScope.(alice: HyphaConnection, bob: HyphaConnection) -> Unit,
) = runTest {
    val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
    val alice = connectOver(pair.left, configure)
    val bob = connectOver(pair.right, configure)
    try {
        test(alice, bob)
        runCurrent()
        shouldHoldNothing(alice, bob)
    } finally {
        alice.close()
        bob.close()
        alice.awaitClosed()
        bob.awaitClosed()
    }
}

/** Nothing is going on any more; what was lent stays until it is given back. */
internal fun shouldHoldNothing(vararg clients: HyphaConnection) {
    for (client in clients) {
        withClue(client) {
            val held =
                client.statistics
                    .toString()
                    .substringBefore(", generation")
                    .substringBefore(", interfaceObjects")
            held shouldBe "sessions=0, incomingCalls=0, longMessages=0"
        }
    }
}
