package io.hypha.rpc.client

import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.FakeServer
import io.hypha.rpc.testing.FakeServer.Reaction
import io.hypha.rpc.testing.withServer
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What a server is told over a new link (protocol §1.10). All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class RestorationTest {
    private suspend fun HyphaConnection.offer(vararg ids: String) {
        for (id in ids) registerService(service(id) { function("f") { id } })
    }

    /** Waits until messages flow again. */
    private suspend fun HyphaConnection.awaitBack(generation: Int = 2) {
        state.first { it == ConnectionState.Connected(generation) }
    }

    private fun HyphaConnection.hear(type: String): List<Any?> {
        val heard = mutableListOf<Any?>()
        on(type) { heard += it.data }
        return heard
    }

    private fun told(
        registered: Int,
        vararg failed: String,
        total: Int = 4,
    ) = mapOf("total" to total.toLong(), "registered" to registered.toLong(), "failed" to failed.toList())

    private val restored =
        listOf(
            "2 register_service built-in",
            "2 register_service a",
            "2 register_service b",
            "2 register_service c",
            "2 subscribe client_disconnected",
        )

    @Test
    fun `services come back in their order, the built-in one first, and then what was subscribed to`() =
        withServer { alice, server ->
            alice.offer("b", "a")
            alice.manager.subscribe("news", "weather")
            alice.subscribe("sport") {}
            val registered = alice.hear(LocalEvents.SERVICES_REGISTERED)
            val connected = alice.hear(LocalEvents.CONNECTED)
            server.news()
            server.cut()
            alice.awaitBack()
            runCurrent()
            server.news() shouldContainExactly
                listOf(
                    "2 register_service built-in",
                    "2 register_service b",
                    "2 register_service a",
                    "2 subscribe client_disconnected,news,sport,weather",
                )
            registered shouldContainExactly listOf(told(registered = 3, total = 3))
            (connected.single() as Map<*, *>)["client_id"] shouldBe "alice"
            ("reconnection_token" in connected.single() as Map<*, *>) shouldBe false
            currentTime shouldBe 0
        }

    @Test
    fun `a service that the server refuses holds up nothing, is told of, and is tried again`() =
        withServer { alice, server ->
            alice.offer("a", "b", "c")
            val told = alice.hear(LocalEvents.SERVICES_REGISTERED)
            server.news()
            var refusals = 0
            server.onCall = { call ->
                if (FakeServer.subject(call) == "b" && ++refusals <= 3) Reaction.Refuse("RuntimeError: quota exceeded") else null
            }
            server.cut()
            alice.awaitBack()
            currentTime shouldBe 0
            alice.missingServices shouldContainExactly listOf("b")
            server.news() shouldContainExactly restored
            advanceTimeBy(10.seconds)
            // After one second, two and four.
            server.news() shouldContainExactly List(3) { "2 register_service b" }
            alice.missingServices shouldContainExactly emptyList()
            told shouldContainExactly listOf(told(registered = 3, "b"), told(registered = 4))
            alice.services.map { it.serviceId } shouldContainExactly listOf("built-in", "a", "b", "c")
        }

    @Test
    fun `a service that the server never takes is not tried for ever, but after the next reconnection`() =
        withServer { alice, server ->
            alice.offer("a", "b", "c")
            server.onCall = { if (FakeServer.subject(it) == "b") Reaction.Refuse("RuntimeError: quota exceeded") else null }
            server.cut()
            alice.awaitBack()
            advanceTimeBy(60.minutes)
            (server.news().size < 30) shouldBe true
            advanceTimeBy(60.minutes)
            server.news() shouldContainExactly emptyList()
            alice.missingServices shouldContainExactly listOf("b")
            server.onCall = { null }
            server.cut()
            alice.awaitBack(3)
            alice.missingServices shouldContainExactly emptyList()
            server.news() shouldContainExactly restored.map { "3" + it.drop(1) }
        }

    @Test
    fun `a service over which the server takes its time holds up the others for ten seconds at most`() =
        withServer { alice, server ->
            alice.offer("a", "b", "c")
            server.news()
            server.onCall = { if (FakeServer.subject(it) == "a") Reaction.Silence else null }
            server.cut()
            alice.awaitBack()
            currentTime shouldBe 10_000
            server.news() shouldContainExactly restored
            alice.missingServices shouldContainExactly listOf("a")
            server.onCall = { null }
            advanceTimeBy(1.minutes)
            alice.missingServices shouldContainExactly emptyList()
        }

    @Test
    fun `a service that is being told to the server again is withdrawn, or replaced, when that is done`() =
        withServer { alice, server ->
            alice.offer("a", "b")
            server.onCall = { if (FakeServer.subject(it) in setOf("a", "b")) Reaction.Refuse("RuntimeError: not now") else null }
            server.cut()
            alice.awaitBack()
            server.news()
            val slowly = CompletableDeferred<Unit>()
            server.onCall = {
                slowly.await()
                null
            }
            advanceTimeBy(2.seconds)
            server.news() shouldContainExactly listOf("2 register_service a", "2 register_service b")
            val leaving = launch { alice.unregisterService("a") }
            val changing = launch { alice.registerService(service("b") { description = "new" }, overwrite = true) }
            runCurrent()
            server.news() shouldContainExactly emptyList()
            slowly.complete(Unit)
            joinAll(leaving, changing)
            server.news() shouldContainExactlyInAnyOrder listOf("2 unregister_service a", "2 register_service b")
            alice.missingServices shouldContainExactly emptyList()
        }

    @Test
    fun `a server that answers to nothing is left for another link, after half a minute`() =
        withServer { alice, server ->
            alice.offer("a", "b", "c")
            server.news()
            server.onCall = { Reaction.Silence }
            server.cut()
            advanceTimeBy(29.seconds)
            server.news() shouldContainExactly listOf("2 register_service built-in")
            server.onCall = { null }
            advanceTimeBy(3.seconds)
            alice.state.value shouldBe ConnectionState.Connected(2)
            server.news() shouldContainExactly restored.map { "3" + it.drop(1) }
        }

    @Test
    fun `a link that is lost while services come back is followed by one over which all of them do`() =
        withServer { alice, server ->
            alice.offer("a", "b", "c")
            server.news()
            server.onCall = { if (FakeServer.subject(it) == "b") Reaction.Silence else null }
            server.cut()
            server.onCall = { null }
            server.cut()
            server.news() shouldContainExactly restored.take(3)
            alice.awaitBack()
            currentTime shouldBe 1000
            server.news() shouldContainExactly restored.map { "3" + it.drop(1) }
        }

    @Test
    fun `a client that may only read comes back all the same`() =
        withServer { alice, server ->
            server.onCall = { Reaction.Refuse("Permission denied for workspace: ws") }
            server.cut()
            alice.awaitBack()
            currentTime shouldBe 0
            alice.missingServices shouldContainExactly emptyList()
        }

    @Test
    fun `a type of events that the server refuses takes no other with it`() =
        withServer { alice, server ->
            alice.manager.subscribe("news", "weather")
            server.news()
            server.onCall = { call ->
                if ("news" in FakeServer.subject(call).split(',')) Reaction.Refuse("ValueError: not allowed here") else null
            }
            server.cut()
            alice.awaitBack()
            advanceTimeBy(2.seconds)
            server.news() shouldContainExactly
                listOf(
                    "2 register_service built-in",
                    "2 subscribe client_disconnected,news,weather",
                    "2 subscribe client_disconnected",
                    "2 subscribe news",
                    "2 subscribe weather",
                )
        }

    @Test
    fun `what the server asks back before it takes a service is answered`() =
        withServer { alice, server ->
            alice.registerService(service("default") { function("setup") { "ready" } })
            server.news()
            server.onCall = { call ->
                if (FakeServer.subject(call) == "default") {
                    server.manager.call("services.default.setup", session = "M1")
                    server.answers.receive().method shouldBe "M1.resolve"
                }
                null
            }
            server.cut()
            alice.awaitBack()
            currentTime shouldBe 0
            alice.missingServices shouldContainExactly emptyList()
        }

    @Test
    fun `calls of others wait for their answers until the services are back`() =
        withServer { alice, server ->
            alice.offer("a")
            server.onCall = {
                delay(1.seconds)
                null
            }
            server.cut()
            server.bob.call("services.a.f", session = "B1")
            advanceTimeBy(2500)
            server.others
                .tryReceive()
                .getOrNull()
                ?.method shouldBe null
            alice.awaitBack()
            server.others.receive().method shouldBe "B1.resolve"
            currentTime shouldBe 3000
        }

    @Test
    fun `who the client is and where the server is are known anew`() =
        withServer { alice, server ->
            server.entries =
                mapOf(
                    "public_base_url" to JsonPrimitive("https://elsewhere"),
                    "user" to JsonObject(mapOf("id" to JsonPrimitive("alice-2"))),
                )
            server.cut()
            alice.awaitBack()
            alice.info.publicBaseUrl shouldBe "https://elsewhere"
            alice.user.id shouldBe "alice-2"
        }
}
