package io.hypha.rpc.conformance.pacing

import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.hub.hubOptions
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** A hub that counts as other servers do, and ends the link of a client that sends more than it announced. */
class PacingAtHubTest :
    FunSpec({
        /** Faster than other servers, so that the tests take no longer than they must. */
        fun hub() =
            HyphaHub.start(
                hubOptions {
                    messageRate = 1000.0
                    messageBurst = 3000
                },
            )

        suspend fun connect(
            hub: HyphaHub,
            token: String,
            id: String,
            configure: ConnectOptions.() -> Unit = {},
        ): HyphaConnection =
            connectToServer(hub.url) {
                this.token = token
                clientId = id
                configure()
            }

        suspend fun HyphaConnection.offer(): RemoteService {
            registerService("numbers") {
                function("twice", param("x")) { x: Int -> 2 * x }
                function("slow", param("x")) { x: Int ->
                    delay(300.milliseconds)
                    x
                }
                function("size", param("data")) { data: ByteArray -> data.size }
            }
            return getService("numbers")
        }

        test("five thousand calls at once, from two clients, leave both connected, and none fails") {
            hub().use { hub ->
                val token = hub.createToken("ada")
                connect(hub, token, "provider").use { provider ->
                    provider.offer()
                    connect(hub, token, "caller").use { caller ->
                        val service = caller.getService("numbers")
                        val took =
                            measureTime {
                                coroutineScope { List(5000) { async { service.call<Int>("twice", it) shouldBe 2 * it } }.awaitAll() }
                            }
                        // At nine tenths of what the hub takes, but for the burst.
                        took shouldBeGreaterThan 2.seconds
                        for (client in listOf(caller, provider)) {
                            (client.state.value as ConnectionState.Connected).generation shouldBe 1
                        }
                    }
                }
            }
        }

        test("calls, callers that wait long and an upload share what the hub takes") {
            hub().use { hub ->
                val token = hub.createToken("ada")
                connect(hub, token, "provider").use { provider ->
                    provider.offer()
                    connect(hub, token, "caller") { timeout = 10.seconds }.use { caller ->
                        val service = caller.getService("numbers")
                        coroutineScope {
                            val upload = async { service.call<Int>("size", ByteArray(16 shl 20)) }
                            launch { List(3000) { async { service.call<Int>("twice", it) shouldBe 2 * it } }.awaitAll() }
                            launch { repeat(5) { service.call<Int>("slow", it) shouldBe it } }
                            upload.await() shouldBe (16 shl 20)
                        }
                        (caller.state.value as ConnectionState.Connected).generation shouldBe 1
                    }
                }
            }
        }

        test("a client that is told to send faster loses its link, comes back and sends slower, and no call runs twice") {
            hub().use { hub ->
                val token = hub.createToken("ada")
                connect(hub, token, "provider").use { provider ->
                    val seen = ArrayList<Int>()
                    provider.registerService("notes") {
                        function("note", param("x")) { x: Int -> synchronized(seen) { seen.add(x) } }
                    }
                    connect(hub, token, "caller") {
                        messageRate = 20_000.0
                        messageBurst = 20_000
                        timeout = 5.seconds
                        reconnect = ExponentialBackoff(first = 100.milliseconds)
                    }.use { caller ->
                        val service = caller.getService("notes")
                        val results =
                            coroutineScope { List(9000) { async { runCatching { service.call<Boolean>("note", it) } } }.awaitAll() }
                        val back = caller.state.first { it is ConnectionState.Connected } as ConnectionState.Connected
                        back.generation shouldBeGreaterThan 1
                        val ran = synchronized(seen) { seen.toList() }
                        ran.distinct().size shouldBe ran.size
                        val answered = results.indices.filter { results[it].isSuccess }
                        (answered - ran.toSet()) shouldBe emptyList()
                        service.call<Boolean>("note", -1) shouldBe true
                    }
                }
            }
        }
    })
