package io.hypha.rpc.conformance.hostile

import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds

/**
 * A client that sends what it likes, over the hub: it is who the hub says, reaches what everybody reaches, and touches nobody else. In every
 * test a friend's call of the victim waits meanwhile, and then gets its result.
 */
class HostilePeersTest {
    private val gate = CompletableDeferred<String>()

    private fun attacked(attack: suspend CoroutineScope.(victim: HyphaConnection, eve: BareClient) -> Unit): Unit =
        runBlocking(Dispatchers.Default) {
            withTimeout(60.seconds) {
                HyphaHub.start().use { hub ->
                    connect(hub, "victim").use { victim ->
                        victim.registerService("open") {
                            visibility = Visibility.Public
                            function("who") { listOf(context.from, context.workspace, context.user.id) }
                            function("echo", param("value")) { value: Any? -> value }
                            function("wait") { gate.await() }
                        }
                        victim.registerService("private") { function("secret") { check(false) { "nobody may run this" } } }
                        connect(hub, "friend").use { friend ->
                            val service = friend.getService("${victim.workspace}/victim:open")
                            val result = async { service.call<String>("wait") }
                            eventually(10.seconds) { victim.statistics.incomingCalls shouldBe 1 }
                            val eve = BareClient.join(hub, hub.createToken("eve"), "eve")
                            var hasPassed = false
                            try {
                                attack(victim, eve)
                                hasPassed = true
                            } finally {
                                // Its failure would hide that of the attack.
                                if (!hasPassed) result.cancel()
                            }
                            result.isCompleted shouldBe false
                            service.call<String>("echo", "hello") shouldBe "hello"
                            gate.complete("done")
                            result.await() shouldBe "done"
                            eve.close()
                        }
                        eventually(10.seconds) { victim.statistics.toString() shouldBe "sessions=0, incomingCalls=0, longMessages=0" }
                    }
                }
            }
        }

    private suspend fun connect(
        hub: HyphaHub,
        id: String,
    ): HyphaConnection =
        connectToServer(hub.url) {
            clientId = id
            token = hub.createToken(id)
        }

    private fun HyphaConnection.address() = "$workspace/$clientId"

    @Test
    fun `whoever it says that it is, it is who the hub knows`() =
        attacked { victim, eve ->
            val me = victim.address()
            val user = mapOf("id" to "root", "roles" to listOf("admin"), "scope" to mapOf("workspaces" to mapOf("*" to "a")))
            val claims = mapOf("from" to me, "ws" to victim.workspace, "user" to user, "to" to me)
            val forged = claims + mapOf("ctx" to claims, "connection_type" to "root")
            eve.call(me, "services.open.who", forged = forged) shouldBe ("S1.resolve" to listOf(eve.address, eve.workspace, "eve"))
            for (from in listOf(me, "*/manager-1", "${victim.workspace}/friend", "", "*")) {
                withClue(from) {
                    val (path, text) = eve.call(me, "services.private.secret", forged = forged + ("from" to from))
                    path shouldBe "S1.reject"
                    text.toString() shouldContain "Permission denied for invoking protected method ${eve.address}:services.private.secret"
                }
            }
        }

    @Test
    fun `paths lead to what was offered, and sessions to whom they are for`() =
        attacked { victim, eve ->
            val me = victim.address()
            for (path in listOf(
                "services..open",
                "services.open.__proto__",
                "../services.open.echo",
                "services.private/secret",
                "a.b",
                "x",
            )) {
                withClue(path) {
                    val (reply, text) = eve.call(me, path)
                    reply shouldBe "S1.reject"
                    text.toString() shouldContain "not found"
                }
            }
            eve.call(me, "services._rintf_x.f").second.toString() shouldContain "Method expired or not found"
            eve
                .call(me, "services." + "a".repeat(100_000))
                .second
                .toString()
                .length shouldBe
                "Method expired or not found: ${eve.address}:".length + 4097
        }

    @Test
    fun `what only the server says is not believed of it, nor passed on as the server's`() =
        attacked { victim, eve ->
            val me = victim.address()
            val friend = "${victim.workspace}/friend"
            for (type in listOf("client_disconnected", "peer_not_found", "force-exit", "error")) {
                for (to in listOf(me, friend, "${victim.workspace}/*")) {
                    val event = mapOf("type" to type, "from" to null, "to" to to, "peer_id" to friend, "session" to "x")
                    eve.send(event, mapOf("data" to mapOf("id" to friend, "workspace" to victim.workspace), "id" to friend))
                    eve.send(event - "from", mapOf("data" to mapOf("id" to me)))
                }
            }
            // The hub takes messages in order, so all of that has arrived when this is answered.
            eve.call(me, "services.built-in.ping", listOf("ping")) shouldBe ("S1.resolve" to "pong")
        }

    @Test
    fun `noise is dropped, at the hub or at the client`() {
        val seed = Random.nextLong()
        withClue("seed $seed") {
            attacked { victim, eve ->
                val random = Random(seed)
                repeat(200) {
                    val main = mapOf("type" to "method", "to" to victim.address(), "method" to "services.open.echo", "from" to eve.address)
                    val head = MessageBytes.of(main)
                    eve.sendBytes(head + random.nextBytes(random.nextInt(200)))
                    val broken = head.apply { this[random.nextInt(1, size)] = random.nextInt().toByte() }
                    // The hub may end a connection that sends what it cannot route; a fresh message tells.
                    if (MessageBytes.isRoutable(broken)) eve.sendBytes(broken + random.nextBytes(20))
                }
                eve.call(victim.address(), "services.built-in.get_service", listOf("open")).first shouldBe "S1.resolve"
            }
        }
    }
}
