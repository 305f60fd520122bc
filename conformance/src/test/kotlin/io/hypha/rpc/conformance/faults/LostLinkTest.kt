package io.hypha.rpc.conformance.faults

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.client.HyphaEvent
import io.hypha.rpc.client.LocalEvents
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** A link that ends without a word, in good form or not. */
class LostLinkTest {
    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `a client whose link was cut comes back as who it was, with its services, subscriptions and listeners`(engine: Engine) =
        comesBack(engine, Fault.Cut)

    @ParameterizedTest
    @EnumSource(Engine::class)
    fun `a client whose link was reset comes back as who it was, with its services, subscriptions and listeners`(engine: Engine) =
        comesBack(engine, Fault.Reset)

    private fun comesBack(
        engine: Engine,
        fault: Fault,
    ) = FaultStage.test {
        val proxy = proxy()
        val client = connect(proxy) { this.engine = engine.factory }
        val id = client.clientId
        val workshops = List(3) { Workshop().also { workshop -> workshop.open(client, "workshop-$it") } }
        val news = Channel<HyphaEvent>(Channel.UNLIMITED)
        client.subscribe("news") { news.trySend(it) }
        val restored = Channel<HyphaEvent>(Channel.UNLIMITED)
        client.on(LocalEvents.SERVICES_REGISTERED) { restored.trySend(it) }
        val other = connect()
        val before = other.getService("$id:workshop-0")
        before.shouldWork()

        proxy.inject(fault)
        client.awaitConnected(2)

        client.clientId shouldBe id
        client.workspace shouldBe FaultStage.WORKSPACE
        restored.receive().data shouldBe mapOf("total" to 4L, "registered" to 4L, "failed" to emptyList<String>())
        before.shouldWork()
        for (index in workshops.indices) other.getService("$id:workshop-$index").shouldWork()
        other.emit("news", "fresh", to = "*")
        news.receive().data shouldBe "fresh"
        workshops.forEach { it.repeated.shouldBeEmpty() }
    }

    @Test
    fun `calls that are made while the link is down wait and succeed`() =
        FaultStage.test {
            val workshop = Workshop()
            workshop.open(connect())
            val proxy = proxy()
            val caller = connect(proxy)
            val service = caller.getService(Workshop.ID)
            proxy.inject(Fault.Refuse)
            proxy.inject(Fault.Cut)
            caller.awaitLost()
            coroutineScope {
                val calls = List(20) { async { service.call<String>("work", "down-$it") } }
                val lookUp = async { caller.getService(Workshop.ID) }
                val numbers = async { service.stream<Int>("count", 3).toList() }
                caller.awaitLost(attempt = 2)
                proxy.heal()
                calls.awaitAll() shouldBe List(20) { "down-$it" }
                lookUp.await().shouldWork()
                numbers.await() shouldBe listOf(0, 1, 2)
            }
            workshop.repeated.shouldBeEmpty()
        }

    @Test
    fun `calls that are not to wait fail at once while the link is down, and surely did not run`() =
        FaultStage.test {
            val workshop = Workshop()
            workshop.open(connect())
            val proxy = proxy()
            val caller = connect(proxy) { reconnectWait = Duration.ZERO }
            val service = caller.getService(Workshop.ID)
            proxy.inject(Fault.Refuse)
            proxy.inject(Fault.Cut)
            caller.awaitLost()
            shouldThrow<ConnectionClosedException> { service.call<String>("work", "never") }.didNotRun shouldBe true
            proxy.heal()
            caller.awaitConnected(2)
            service.call<String>("work", "later") shouldBe "later"
            workshop.runsOf("never") shouldBe 0
        }

    @Test
    fun `a call that was running when its caller's link died ends with its result when the caller is back before the server has noticed`() =
        FaultStage.test {
            val workshop = Workshop()
            workshop.open(connect())
            val proxy = proxy()
            val caller = connect(proxy)
            val service = caller.getService(Workshop.ID)
            coroutineScope {
                val call = async { service.call<String>("wait", "running") }
                workshop.isWaitedFor.await()
                proxy.inject(Fault.HalfOpen.ForServer)
                caller.awaitConnected(2)
                workshop.release()
                call.await() shouldBe "running"
            }
            workshop.runsOf("running") shouldBe 1
        }

    @Test
    fun `a call whose reply is made while the caller is away ends with it, and did not run twice`() =
        FaultStage.test {
            val workshop = Workshop()
            val provider = connect()
            workshop.open(provider)
            val isAway = CompletableDeferred<Unit>()
            provider.on(LocalEvents.REMOTE_CLIENT_DISCONNECTED) { isAway.complete(Unit) }
            val proxy = proxy()
            val caller = connect(proxy)
            val service = caller.getService(Workshop.ID)
            coroutineScope {
                val call = async { service.call<String>("wait", "held") }
                workshop.isWaitedFor.await()
                proxy.inject(Fault.Refuse)
                proxy.inject(Fault.Cut)
                // Only from then on: a reply that was sent before went into the link that was cut.
                isAway.await()
                workshop.release()
                while (workshop.runsOf("held") == 0) connect().close()
                proxy.heal()
                call.await() shouldBe "held"
            }
            workshop.runsOf("held") shouldBe 1
        }

    @Test
    fun `a call whose reply was lost with the link ends by name, and did not run twice`() =
        FaultStage.test {
            val workshop = Workshop()
            workshop.open(connect { callerGrace = Duration.ZERO })
            val proxy = proxy()
            val caller = connect(proxy) { timeout = 3.seconds }
            val service = caller.getService(Workshop.ID)
            coroutineScope {
                val call = async { runCatching { service.call<String>("insist", "lost") } }
                workshop.isWaitedFor.await()
                proxy.inject(Fault.Refuse)
                proxy.inject(Fault.Cut)
                caller.awaitLost()
                workshop.release()
                while (workshop.runsOf("lost") == 0) connect().close()
                proxy.heal()
                val failure = call.await().exceptionOrNull()
                (failure is HyphaException) shouldBe true
                (failure as HyphaException).didNotRun shouldBe false
            }
            workshop.runsOf("lost") shouldBe 1
            service.shouldWork()
        }

    @Test
    fun `streams and functions that came before the link was cut are of use after it`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val caller = connect(proxy)
            val seen = ArrayList<Int>()
            caller.getService(Workshop.ID).stream<Int>("count", 10).collect {
                seen.add(it)
                if (it % 3 == 2) {
                    proxy.inject(Fault.Cut)
                    caller.awaitConnected(2 + it / 3)
                }
            }
            seen shouldBe List(10) { it }
        }

    @Test
    fun `a stream whose link was cut goes on without a gap, or fails`() =
        FaultStage.test {
            Workshop().open(connect())
            val proxy = proxy()
            val caller = connect(proxy) { timeout = 3.seconds }
            val service = caller.getService(Workshop.ID)
            val seen = ArrayList<Int>()
            val outcome =
                runCatching {
                    service.stream<Int>("count", 1000).collect {
                        seen.add(it)
                        if (it == 100) proxy.inject(Fault.Cut)
                    }
                }
            seen shouldBe seen.indices.toList()
            val failure = outcome.exceptionOrNull()
            if (failure == null) seen.size shouldBe 1000 else (failure is HyphaException) shouldBe true
        }

    @Test
    fun `a client that closes while it is away is closed, and nobody brings it back`() =
        FaultStage.test {
            val proxy = proxy()
            val client = connect(proxy)
            proxy.inject(Fault.Refuse)
            proxy.inject(Fault.Cut)
            client.awaitLost()
            client.close()
            client.awaitClosed()
            proxy.heal()
            client.awaitEnd().cause.shouldBeNull()
            // Other clients take the time in which it could come back. A socket that was being opened when it closed may still open, and ends.
            repeat(3) { connect().close() }
            eventually(5.seconds) { proxy.open shouldBe 0 }
            connect().manager.call<List<Any?>>("list_clients").toString() shouldNotContain client.clientId
        }
}
