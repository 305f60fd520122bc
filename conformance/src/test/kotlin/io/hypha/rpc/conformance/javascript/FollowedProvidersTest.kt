package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.param
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.RemoteService
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

/** Handles whose provider restarts, through the real hub: a Kotlin one, and the real JavaScript client (protocol §7.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowedProvidersTest {
    private val hub = HyphaHub.start()
    private val workspace = "moving-house"
    private val token: String
    private val caller: HyphaConnection

    init {
        hub.createWorkspace(workspace)
        token = hub.createToken("tester", workspace, WorkspacePermission.Admin)
        caller = runBlocking { connect(null) }
    }

    @AfterAll
    fun end() {
        caller.close()
        hub.close()
    }

    private suspend fun connect(id: String?): HyphaConnection =
        connectToServer(hub.url) {
            workspace = this@FollowedProvidersTest.workspace
            token = this@FollowedProvidersTest.token
            clientId = id
        }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(60.seconds) { test() } }
    }

    private suspend fun leave(provider: HyphaConnection) {
        provider.close()
        provider.awaitClosed()
    }

    /** A provider whose calls are counted in [runs]. */
    private suspend fun provider(
        id: String,
        service: String,
        runs: AtomicInteger,
    ): HyphaConnection =
        connect(id).also { connection ->
            connection.registerService(service) {
                function("who") { "$id ${runs.incrementAndGet()}" }
                group("deep") { function("add", param("a"), param("b")) { a: Int, b: Int -> a + b } }
                function("count", param("n")) { n: Int -> flow { repeat(n) { emit(it) } } }
            }
        }

    /** The hub takes note of a client that left a moment after its socket has ended. */
    private suspend fun gone(service: String) {
        eventually(10.seconds) { shouldThrow<HyphaException> { caller.getService(service) { follow = false } } }
    }

    @Test
    fun `a Kotlin provider that returns as another client is found, and each call runs once`() =
        testing {
            val runs = AtomicInteger()
            val old = provider("old-house", "mover", runs)
            val service = caller.getService("mover")
            val add = service["deep.add"]
            service.call<String>("who") shouldBe "old-house 1"
            leave(old)
            gone("mover")
            val new = provider("new-house", "mover", runs)
            service.call<String>("who") shouldBe "new-house 2"
            service.id shouldBe "$workspace/new-house:mover"
            add.call<Int>(2, 3) shouldBe 5
            service.stream<Int>("count", 3).toList() shouldBe listOf(0, 1, 2)
            runs.get() shouldBe 2
            leave(new)
        }

    @Test
    fun `a Kotlin provider that returns as the same client is found`() =
        testing {
            val runs = AtomicInteger()
            val first = provider("same-house", "stayer", runs)
            val service = caller.getService("stayer")
            leave(first)
            gone("stayer")
            val lost = shouldThrow<HyphaException> { service.call<String>("who") }
            lost.didNotRun shouldBe true
            lost.suppressedExceptions.size shouldBe 1
            val second = provider("same-house", "stayer", runs)
            service.stream<Int>("count", 2).toList() shouldBe listOf(0, 1)
            service.call<String>("who") shouldBe "same-house 1"
            leave(second)
        }

    @Test
    fun `a service that is registered again at another client while the first stays is found there`() =
        testing {
            val runs = AtomicInteger()
            val first = provider("from-house", "handed-over", runs)
            val second = connect("to-house")
            val service: RemoteService = caller.getService("handed-over")
            first.unregisterService("handed-over")
            second.registerService("handed-over") { function("who") { "to-house ${runs.incrementAndGet()}" } }
            service.call<String>("who") shouldBe "to-house 1"
            leave(first)
            leave(second)
        }

    @Test
    fun `a JavaScript provider that restarts is found, whether under its own id or another`() =
        testing {
            val identity = arrayOf("--workspace", workspace, "--token", token)
            val ids = listOf(arrayOf("--client-id", "js-house"), arrayOf("--client-id", "js-house"), emptyArray())
            var service: RemoteService? = null
            for (id in ids) {
                JsPeer.start(hub.url, *identity, *id).use { provider ->
                    val found = service ?: caller.getService("js-provider").also { service = it }
                    found.call<Int>("math.mul", 2, 3) shouldBe 6
                    found.call<Map<String, Any?>>("whoami")["clientId"] shouldBe provider.clientId
                    found.stream<Int>("generator", 3, "moving").toList() shouldBe listOf(0, 1, 2)
                }
                gone("js-provider")
            }
        }
}
