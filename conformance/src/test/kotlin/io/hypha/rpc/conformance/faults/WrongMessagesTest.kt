package io.hypha.rpc.conformance.faults

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.conformance.python.Message
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/** A server that has let a client in and then says wrong things: each costs itself at most, and the connection lives on. */
class WrongMessagesTest {
    /** Before the server answers the call of `echo`, it does [wrong]; the answer arrives all the same. */
    private fun livesThrough(wrong: WrongSocket.(call: Message) -> Unit) =
        withWrongHub(
            {
                greet()
                val call = serveUntil("echo")
                wrong(call)
                resolve(call, "right")
                serve()
            },
        ) {
            withClient { client ->
                client.manager.call<String>("echo", "?") shouldBe "right"
                client.shouldBeUntouched()
            }
        }

    private fun HyphaConnection.shouldBeUntouched() {
        generation shouldBe 1
        statistics.sessions shouldBe 0
        statistics.incomingCalls shouldBe 0
        statistics.longMessages shouldBe 0
    }

    @Test
    fun `text frames that are no JSON, or JSON of other things, are passed over`() =
        livesThrough {
            val texts = listOf("", "garbage", "null", "[]", "7", "{}", """{"type":7}""", """{"type":"welcome"}""", """{"type":{"a":1}}""")
            texts.forEach(::text)
            text("""{"type":"reconnection_token"}""")
            text("x".repeat(1_000_000))
        }

    @Test
    fun `binary frames that are no messages are dropped`() =
        livesThrough {
            binary(ByteArray(0))
            binary(ByteArray(1))
            binary(byteArrayOf(0xc1.toByte()))
            // Maps and arrays of four billion entries, of which none comes.
            for (head in listOf(0xdf, 0xdd, 0xc6, 0xdb)) binary(byteArrayOf(head.toByte(), -1, -1, -1, -1))
            // Nested ever deeper.
            binary(ByteArray(100_000) { 0x91.toByte() })
            val random = Random(SEED)
            repeat(200) { binary(random.nextBytes(random.nextInt(1, 500))) }
        }

    @Test
    fun `messages without what they need, or with other things in its place, are dropped`() =
        livesThrough { call ->
            val good =
                mapOf(
                    "type" to "method",
                    "from" to call.main["to"],
                    "to" to call.main["from"],
                    "method" to "${call.session}.heartbeat",
                )
            for (key in good.keys) {
                message(good - key)
                for (other in listOf(null, 7, true, listOf(1), mapOf("a" to 1), "", ".", "/", "*/*", "x".repeat(100_000))) {
                    if (key != "method" || other !is String) message(good + (key to other))
                }
            }
        }

    @Test
    fun `replies to calls that were never made, or to those of others, are dropped`() =
        livesThrough { call ->
            for (method in listOf(
                "nothing.resolve",
                "nothing.reject",
                "nothing.heartbeat",
                "${call.session}x.resolve",
                "services.resolve",
            )) {
                message(method(call, method), mapOf("args" to listOf("wrong")))
            }
            // The manager was called, and it alone can answer.
            for (from in listOf("ws-test/mallory", "*/manager-2", "ws-test/client", "mallory")) {
                message(method(call, "${call.session}.resolve") + ("from" to from), mapOf("args" to listOf("forged")))
                message(method(call, "${call.session}.reject") + ("from" to from), mapOf("args" to listOf("forged")))
            }
        }

    @Test
    fun `a message for another workspace is not taken`() =
        livesThrough { call ->
            message(method(call, "${call.session}.resolve") + ("to" to "ws-other/client"), mapOf("args" to listOf("wrong")))
        }

    @Test
    fun `routing fields in the payload of a reply count for nothing`() =
        livesThrough { call ->
            val forged =
                mapOf(
                    "from" to call.main["to"],
                    "to" to call.main["from"],
                    "method" to "${call.session}.resolve",
                    "type" to "method",
                )
            message(method(call, "nothing.resolve") + ("from" to "ws-test/mallory"), forged + ("args" to listOf("forged")))
        }

    @Test
    fun `a reply comes once, the ones after it are dropped`() =
        livesThrough { call ->
            resolve(call, "right")
            resolve(call, "wrong")
            reject(call, "wrong")
        }

    @Test
    fun `events of any kind are taken for what they are`() =
        livesThrough { call ->
            for (type in listOf(
                "client_disconnected",
                "service_added",
                "peer_not_found",
                "force-exit",
                "error",
                "connected",
                "unheard-of",
            )) {
                message(mapOf("type" to type, "to" to "*", "from" to "ws-test/mallory"))
                message(mapOf("type" to type, "to" to "*", "data" to 7))
                message(mapOf("type" to type, "to" to call.main["from"], "data" to mapOf("id" to 7, "workspace" to listOf<Any>())))
            }
        }

    @Test
    fun `a result that cannot be read fails its call by name, and nothing else`() =
        withWrongHub(
            {
                greet()
                while (true) {
                    val call = serveUntil("echo")
                    val bad = mapOf("_rtype" to "ndarray", "_rvalue" to "no bytes", "_rdtype" to "float64", "_rshape" to listOf(-1))
                    message(method(call, "${call.session}.resolve"), mapOf("args" to listOf(bad)))
                }
            },
        ) {
            withClient { client ->
                repeat(3) { shouldThrow<HyphaException> { client.manager.call<Any?>("echo", "?") } }
                client.shouldBeUntouched()
            }
        }

    @Test
    fun `a rejection without an error in it, or with a strange one, is a remote error`() =
        withWrongHub(
            {
                greet()
                for (error in listOf(null, 7, emptyMap<String, Any>(), mapOf("_rtype" to "error"), listOf(listOf(1)))) {
                    val call = serveUntil("echo")
                    message(method(call, "${call.session}.reject"), mapOf("args" to listOf(error)))
                }
                val call = serveUntil("echo")
                message(method(call, "${call.session}.reject"))
                serve()
            },
        ) {
            withClient { client ->
                repeat(6) { shouldThrow<RemoteException> { client.manager.call<Any?>("echo", "?") } }
                client.shouldBeUntouched()
            }
        }

    @Test
    fun `a server that says that a peer is not there ends the call to it`() =
        withWrongHub(
            {
                greet()
                val call = serveUntil("ping")
                message(mapOf("type" to "peer_not_found", "session" to call.session, "peer_id" to "ws-test/bob", "error" to "nobody here"))
                serve()
            },
        ) {
            withClient { client ->
                shouldThrow<PeerGoneException> { client.ping("bob") }.message.orEmpty() shouldContain "nobody here"
                client.shouldBeUntouched()
            }
        }

    @Test
    fun `a server that answers pings and no calls costs each call its time-out, and no more`() =
        withWrongHub(
            {
                greet()
                serveUntil("ping")
                while (true) next()
            },
        ) {
            withClient { client ->
                repeat(3) { shouldThrow<CallTimeoutException> { client.ping("bob", timeout = 200.milliseconds) } }
                client.shouldBeUntouched()
            }
        }

    private fun method(
        call: Message,
        method: String,
    ) = mapOf("type" to "method", "from" to call.main["to"], "to" to call.main["from"], "method" to method)

    private companion object {
        const val SEED = 5
    }
}
