package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import java.util.concurrent.LinkedBlockingQueue

/** A server that has forgotten a client which it still has a socket of (protocol §15.1, Q1). */
class SelfRepairTest {
    @Test
    fun `a client whose registration was destroyed by a refused twin notices with its next call, and comes back as who it was`() {
        val tokens = LinkedBlockingQueue<Any>()
        withWrongHub(
            {
                greet()
                var call = serveUntil("echo")
                // The socket stays open and pings are answered, but no call is.
                while (true) {
                    reject(call, "Connection has already been closed (client: ws-test/client)")
                    do call = next() while (call.main["session"] == null)
                }
            },
            {
                tokens.add(credentials.getValue("reconnection_token"))
                greet()
                serve()
            },
        ) {
            withClient { client ->
                runCatching { client.manager.call<Any?>("echo", "?") }.exceptionOrNull()?.let { (it is HyphaException) shouldBe true }
                client.awaitConnected(2)
                tokens.take() shouldBe JsonPrimitive(WrongSocket.RECONNECTION_TOKEN)
                client.manager.call<Any?>("echo", "?") shouldBe null
            }
        }
    }

    @Test
    fun `the same words about another client, or from a function, repair nothing`() =
        withWrongHub(
            {
                greet()
                reject(serveUntil("echo"), "Connection has already been closed (client: ws-test/other)")
                reject(serveUntil("echo"), "RuntimeError: Connection has already been closed (client: ws-test/client), they said")
                serve()
            },
        ) {
            withClient { client ->
                repeat(2) {
                    shouldThrow<HyphaException> { client.manager.call<Any?>("echo", "?") }.message.orEmpty() shouldContain
                        "already been closed"
                }
                client.manager.call<Any?>("echo", "?") shouldBe null
                client.generation shouldBe 1
                accepted shouldBe 1
            }
        }
}
