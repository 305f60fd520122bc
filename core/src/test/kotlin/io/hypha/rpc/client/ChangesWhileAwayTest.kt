package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.FakeServer
import io.hypha.rpc.testing.FakeServer.Reaction
import io.hypha.rpc.testing.withServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** What is registered, withdrawn, subscribed to and asked for while there is no link, or while it is lost. All in virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class ChangesWhileAwayTest {
    private fun named(
        id: String,
        text: String = id,
    ) = service(id) { function("f") { text } }

    private suspend fun HyphaConnection.awaitBack(generation: Int = 2) {
        state.first { it == ConnectionState.Connected(generation) }
    }

    private val HyphaConnection.offered get() = services.map { it.serviceId }.drop(1)

    private fun FakeServer.silenced(function: String) {
        onCall = { if (it.method.endsWith(".$function")) Reaction.Silence else null }
    }

    /** Everything but what comes back first. */
    private fun FakeServer.later() = news().filterNot { "built-in" in it || "client_disconnected" in it }

    @Test
    fun `a service that is registered while there is no link is registered when there is one, once`() =
        withServer { alice, server ->
            alice.registerService(named("a"))
            server.news()
            server.shut()
            val registering = launch { alice.registerService(named("b")) }
            advanceTimeBy(500)
            registering.isCompleted shouldBe false
            server.reopen()
            registering.join()
            server.later() shouldContainExactly listOf("2 register_service a", "2 register_service b")
            server.cut()
            alice.awaitBack(3)
            server.later() shouldContainExactly listOf("3 register_service a", "3 register_service b")
        }

    @Test
    fun `a registration that was on its way is made over the next link, once`() =
        withServer { alice, server ->
            server.silenced("register_service")
            val registering = launch { alice.registerService(named("b")) }
            runCurrent()
            server.onCall = { null }
            server.news()
            server.cut()
            registering.join()
            currentTime shouldBe 0
            server.later() shouldContainExactly listOf("2 register_service b")
            alice.offered shouldContainExactly listOf("b")
        }

    @Test
    fun `a service that is replaced while there is no link comes back as the new one`() =
        withServer { alice, server ->
            alice.registerService(named("a", "old"))
            server.shut()
            val registering = launch { alice.registerService(named("a", "new"), overwrite = true) }
            runCurrent()
            server.reopen()
            registering.join()
            server.bob.call("services.a.f", session = "B1")
            server.others
                .receive()
                .args
                .single() shouldBe "new"
        }

    @Test
    fun `when the next server refuses the new one, the old one is there again`() =
        withServer { alice, server ->
            alice.registerService(service("a") { description = "old" })
            server.silenced("register_service")
            supervisorScope {
                val registering = async { alice.registerService(service("a") { description = "new" }, overwrite = true) }
                runCurrent()
                val known = mutableListOf<Any?>()
                server.onCall = { call ->
                    val info = call.args.first() as? Map<*, *>
                    if (info?.get("description") == "new") {
                        Reaction.Refuse("RuntimeError: quota exceeded")
                    } else {
                        if (FakeServer.subject(call) == "a") known += info?.get("description")
                        null
                    }
                }
                server.cut()
                shouldThrow<RemoteException> { registering.await() }
                advanceTimeBy(5.seconds)
                known shouldContainExactly listOf("old")
                alice.missingServices shouldContainExactly emptyList()
            }
        }

    @Test
    fun `a registration that is given up while there is no link leaves no service`() =
        withServer { alice, server ->
            server.shut()
            val registering = launch { alice.registerService(named("b")) }
            runCurrent()
            registering.cancelAndJoin()
            server.reopen()
            alice.awaitBack()
            server.later() shouldContainExactly emptyList()
            alice.offered shouldContainExactly emptyList()
        }

    @Test
    fun `a service that is withdrawn while there is no link does not come back`() =
        withServer { alice, server ->
            alice.registerService(named("a"))
            alice.registerService(named("b"))
            server.shut()
            server.news()
            val leaving = launch { alice.unregisterService("a") }
            runCurrent()
            server.onCall =
                { if (it.method.endsWith("unregister_service")) Reaction.Refuse("KeyError: 'Service not found: ws/alice:a'") else null }
            server.reopen()
            leaving.join()
            server.later() shouldContainExactly listOf("2 register_service b", "2 unregister_service a")
            alice.offered shouldContainExactly listOf("b")
            server.cut()
            alice.awaitBack(3)
            server.later() shouldContainExactly listOf("3 register_service b")
        }

    @Test
    fun `a withdrawal that was on its way is made over the next link`() =
        withServer { alice, server ->
            alice.registerService(named("a"))
            server.silenced("unregister_service")
            val leaving = launch { alice.unregisterService("a") }
            runCurrent()
            server.onCall = { null }
            server.news()
            server.cut()
            leaving.join()
            currentTime shouldBe 0
            server.later() shouldContainExactly listOf("2 unregister_service a")
            alice.offered shouldContainExactly emptyList()
        }

    @Test
    fun `a service whose withdrawal fails over the next link is known there again`() =
        withServer { alice, server ->
            alice.registerService(named("a"))
            server.silenced("unregister_service")
            supervisorScope {
                val leaving = async { alice.unregisterService("a") }
                runCurrent()
                server.onCall = { if (it.method.endsWith("unregister_service")) Reaction.Refuse("RuntimeError: not now") else null }
                server.news()
                server.cut()
                shouldThrow<RemoteException> { leaving.await() }
                advanceTimeBy(5.seconds)
                server.later() shouldContainExactly listOf("2 unregister_service a", "2 register_service a")
                alice.offered shouldContainExactly listOf("a")
            }
        }

    @Test
    fun `a subscription that was on its way is made over the next link, and events go on`() =
        withServer { alice, server ->
            server.silenced("subscribe")
            val heard = mutableListOf<Any?>()
            val subscribing = async { alice.subscribe("news") { heard += it.data } }
            val collecting = launch { alice.events("weather", subscribed = true).collect { heard += it.data } }
            runCurrent()
            server.onCall = { null }
            server.cut()
            subscribing.await()
            alice.awaitBack()
            server.bob.send(mapOf("type" to "news", "from" to "ws/bob", "to" to "ws/*", "ws" to "ws", "data" to 1L))
            runCurrent()
            server.cut()
            alice.awaitBack(3)
            server.bob.send(mapOf("type" to "news", "from" to "ws/bob", "to" to "ws/*", "ws" to "ws", "data" to 2L))
            server.bob.send(mapOf("type" to "weather", "from" to "ws/bob", "to" to "ws/*", "ws" to "ws", "data" to 3L))
            runCurrent()
            heard shouldContainExactly listOf(1L, 2L, 3L)
            server.news().filter { it.startsWith("3 subscribe") } shouldContainExactly
                listOf("3 subscribe client_disconnected,news,weather")
            collecting.cancelAndJoin()
        }

    @Test
    fun `what only reads is asked for again, and what does not is not`() =
        withServer { alice, server ->
            server.onCall = { Reaction.Silence }
            supervisorScope {
                val listing = async { alice.listServices() }
                val finding = async { alice.getServiceInfo("svc") }
                val logging = async { alice.manager.call<Any?>("log", "once") }
                runCurrent()
                server.onCall = { call ->
                    when (call.method.substringAfterLast('.')) {
                        "list_services" -> Reaction.Answer(emptyList<Any?>())
                        "get_service_info" -> Reaction.Answer(mapOf("id" to "ws/bob:svc"))
                        else -> null
                    }
                }
                server.news()
                server.cut()
                listing.await() shouldContainExactly emptyList()
                finding.await().id shouldBe "ws/bob:svc"
                currentTime shouldBe 0
                server.later().map { it.split(' ')[1] }.sorted() shouldContainExactly listOf("get_service_info", "list_services")
                shouldThrow<CallTimeoutException> { logging.await() }
                currentTime shouldBe 30_000
            }
        }

    @Test
    fun `what was asked of a manager that is another one now fails at once, and everything later goes to the new one`() =
        withServer { alice, server ->
            server.onCall = { Reaction.Silence }
            supervisorScope {
                val logging = async { alice.manager.call<Any?>("log", "once") }
                val listing = async { alice.listServices() }
                runCurrent()
                server.rename("manager-2")
                val managers = mutableSetOf<Any?>()
                server.onCall = { call ->
                    managers += call.main["to"]
                    if (call.method.endsWith("list_services")) Reaction.Answer(emptyList<Any?>()) else null
                }
                server.shut()
                val echo = async { alice.manager.call<Any?>("echo", "later") }
                runCurrent()
                server.reopen()
                alice.awaitBack()
                val failure = shouldThrow<PeerGoneException> { logging.await() }
                failure.message shouldBe "Client disconnected: */manager-1"
                listing.await()
                echo.await()
                managers shouldBe setOf("*/manager-2")
                currentTime shouldBe 1000
            }
        }

    @Test
    fun `what is about to be asked of a manager when the link is lost goes to the new one, once`() =
        withServer { alice, server ->
            server.rename("manager-2")
            val seen = mutableListOf<Any?>()
            server.onCall = { call ->
                if (call.method.endsWith("log")) seen += call.main["to"]
                null
            }
            server.drop()
            val logging = async(start = CoroutineStart.UNDISPATCHED) { alice.manager.call<Any?>("log", "once") }
            alice.state.value shouldBe ConnectionState.Connected(1)
            logging.await()
            seen shouldContainExactly listOf("*/manager-2")
            currentTime shouldBe 0
        }

    @Test
    fun `a link that is lost while the client introduces itself is followed by another one`() =
        runTest {
            val server = FakeServer(this)
            server.onCall = { Reaction.Silence }
            val connecting = async { server.connect() }
            runCurrent()
            server.onCall = { null }
            server.news() shouldContainExactly listOf("1 register_service built-in")
            server.cut()
            val alice = connecting.await()
            alice.state.value shouldBe ConnectionState.Connected(2)
            server.news().filter { "subscribe" in it } shouldContainExactly listOf("2 subscribe client_disconnected")
            alice.close()
            alice.awaitClosed()
        }

    @Test
    fun `calls that are made while there is no link wait for it, for as long as the option says`() =
        withServer({ reconnectWait = 5.seconds }) { alice, server ->
            server.shut()
            supervisorScope {
                val early = async { alice.echo("early") }
                val ping = async { alice.ping("bob") }
                advanceTimeBy(3.seconds)
                val late = async { alice.echo("late") }
                runCurrent()
                for (call in listOf(early, ping)) {
                    val failure = shouldThrow<ConnectionClosedException> { call.await() }
                    failure.didNotRun shouldBe true
                    failure.message shouldBe "the connection is lost and did not come back within 5s"
                }
                currentTime shouldBe 5000
                server.onCall = { if (it.method.endsWith("echo")) Reaction.Answer(it.args.single()) else null }
                server.reopen()
                late.await() shouldBe "late"
                currentTime shouldBe 7000
            }
        }

    @Test
    fun `or fail at once`() =
        withServer({ reconnectWait = Duration.ZERO }) { alice, server ->
            server.shut()
            shouldThrow<ConnectionClosedException> { alice.echo("x") }.didNotRun shouldBe true
            shouldThrow<ConnectionClosedException> { alice.ping("bob") }.didNotRun shouldBe true
            currentTime shouldBe 0
            server.reopen()
            alice.awaitBack()
        }

    @Test
    fun `a request that was on its way and cannot be made again may have run`() =
        withServer({ reconnectWait = Duration.ZERO }) { alice, server ->
            alice.registerService(named("a"))
            server.silenced("unregister_service")
            supervisorScope {
                val leaving = async { alice.unregisterService("a") }
                runCurrent()
                server.cut()
                shouldThrow<ConnectionClosedException> { leaving.await() }.didNotRun shouldBe false
            }
            alice.awaitBack()
        }

    @Test
    fun `when the connection ends everybody who waits gets an exception of his own`() =
        withServer({ reconnect = ReconnectPolicy { if (it.number > 1) null else Duration.ZERO } }) { alice, server ->
            server.onCall = { Reaction.Silence }
            supervisorScope {
                val sent = List(2) { async { alice.manager.call<Any?>("log", "x") } }
                runCurrent()
                server.shut()
                runCurrent()
                val failures = sent.map { shouldThrow<ConnectionClosedException> { it.await() } }
                (failures[0] === failures[1]) shouldBe false
                failures.map { it.cause }.all { it == null || it !in failures } shouldBe true
                failures.map { it.didNotRun } shouldContainExactly listOf(false, false)
                failures[0].message shouldNotBe null
            }
        }
}
