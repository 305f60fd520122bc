package io.hypha.rpc.conformance.faults

import io.hypha.rpc.HyphaException
import io.hypha.rpc.client.HyphaEvent
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import kotlin.time.Duration.Companion.seconds

/** A hub that ends, and another one in its place that knows nothing but the secret of its tokens: another manager, an empty registry. */
class HubRestartTest {
    @ParameterizedTest
    @ValueSource(booleans = [true, false])
    fun `when the hub is restarted all clients come back as who they were, with their services and subscriptions`(isKilled: Boolean) =
        FaultStage.test {
            val workshop = Workshop()
            val provider = connect(proxy()).also { workshop.open(it) }
            val caller = connect(proxy())
            val service = caller.getService(Workshop.ID)
            service.shouldWork()
            val news = Channel<HyphaEvent>(Channel.UNLIMITED)
            caller.subscribe("news") { news.trySend(it) }
            val before = hub.managerId

            if (isKilled) killHub() else stopHub()
            val clients = listOf(provider, caller)
            clients.forEach { it.awaitLost() }
            restartHub()
            clients.forEach { it.awaitConnected(2) }

            hub.managerId shouldNotBe before
            caller.info.managerId shouldBe hub.managerId
            service.shouldWork()
            caller.getService(Workshop.ID).shouldWork()
            caller.getService("${provider.clientId}:${Workshop.ID}").shouldWork()
            caller.echo("hello") shouldBe "hello"
            provider.emit("news", 1, to = "*")
            news.receive().data shouldBe 1L
            workshop.repeated.shouldBeEmpty()
        }

    @Test
    fun `calls that are made while there is no hub wait, and those that were running end with a result or by name`() =
        FaultStage.test {
            val workshop = Workshop()
            val provider = connect(proxy()).also { workshop.open(it) }
            val door = proxy()
            val caller = connect(door) { timeout = 3.seconds }
            val service = caller.getService(Workshop.ID)
            coroutineScope {
                val running = List(5) { async { runCatching { service.call<String>("insist", "running-$it") } } }
                val manager = async { runCatching { caller.manager.call<Any?>("get_service", "nobody:nothing") } }
                workshop.isWaitedFor.await()
                killHub()
                // The provider is back first: what waits for a link only, does not wait for a peer.
                door.inject(Fault.Refuse)
                caller.awaitLost()
                val made = List(5) { async { service.call<String>("work", "made-$it") } }
                workshop.release()
                restartHub()
                provider.awaitConnected(2)
                door.heal()
                made.awaitAll() shouldBe List(5) { "made-$it" }
                (running.awaitAll() + manager.await()).mapNotNull { it.exceptionOrNull() }.filterNot { it is HyphaException } shouldBe
                    emptyList()
            }
            workshop.repeated.shouldBeEmpty()
            caller.statistics.sessions shouldBe 0
        }

    @Test
    fun `a client that cannot come back, since nobody knows its token any more, ends and says why`() =
        FaultStage.test(configureHub = { jwtSecret = null }) {
            val client = connect(proxy())
            killHub()
            restartHub()
            val cause = client.awaitEnd().cause
            cause?.message.orEmpty().startsWith("Server refused reconnection: ") shouldBe true
            client.awaitClosed()
        }
}
