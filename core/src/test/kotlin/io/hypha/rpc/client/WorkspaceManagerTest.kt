package io.hypha.rpc.client

import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.testing.GivenLink
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.maps.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

/** What a client says to the workspace manager when it connects and when it looks for services (protocol §1.10, §7.6, §8). */
class WorkspaceManagerTest {
    private fun withNewcomer(test: suspend TestScope.(connecting: Deferred<HyphaConnection>, manager: ScriptedPeer) -> Unit) =
        runTest {
            val pair = LinkedPair(infoOf("alice"), infoOf("manager-1", "*"))
            val options =
                HyphaOptions().apply {
                    coroutineContext = StandardTestDispatcher(testScheduler)
                    reconnect = ReconnectPolicy.Never
                }
            supervisorScope {
                val connecting = async { HyphaConnection.connect(GivenLink(pair.left), options) }
                test(connecting, ScriptedPeer(pair.right, "*/manager-1"))
                if (!connecting.isCancelled) connecting.await().close()
            }
            pair.right.receive().shouldBeInstanceOf<LinkEvent.Closed>()
        }

    @Test
    fun `connecting registers the built-in service first and then asks to hear of clients that leave`() =
        withNewcomer { connecting, manager ->
            val registration = manager.expect()
            registration.method shouldBe "services.default.register_service"
            registration.main["to"] shouldBe "*/manager-1"
            registration.main["from"] shouldBe "ws/alice"
            val info = registration.args.single() as Map<*, *>
            info["id"] shouldBe "ws/alice:built-in"
            info["type"] shouldBe "built-in"
            info["config"] shouldBe
                mapOf("visibility" to "public", "require_context" to true, "api_version" to 3L, "workspace" to "ws")
            (info["service_schema"] as Map<*, *>).keys shouldBe setOf("ping", "get_service", "message_cache")
            manager.resolve(registration, null)
            val subscription = manager.expect()
            subscription.method shouldBe "services.default.subscribe"
            subscription.args shouldBe listOf(listOf("client_disconnected"))
            manager.resolve(subscription, true)
            connecting.await().clientId shouldBe "alice"
        }

    @Test
    fun `a read-only client connects although it may register nothing`() =
        withNewcomer { connecting, manager ->
            repeat(2) { manager.reject(manager.expect(), "PermissionError: Permission denied for workspace ws") }
            connecting.await().workspace shouldBe "ws"
        }

    @Test
    fun `a connection that cannot be announced is closed`() =
        withNewcomer { connecting, manager ->
            manager.reject(manager.expect(), "ValueError: no")
            shouldThrow<RemoteException> { connecting.await() }.message shouldBe "ValueError: no"
        }

    @Test
    fun `a service is asked for by its id alone, with the mode as a keyword when there is one`() =
        withManager { alice, manager ->
            val plain = async { alice.getService("ws/bob:s") }
            val call = manager.expect()
            call.method shouldBe "services.default.get_service"
            call.extra["with_kwargs"] shouldBe null
            call.args shouldBe listOf("ws/bob:s")
            manager.resolve(call, mapOf("id" to "ws/bob:s", "name" to "S"))
            plain.await().name shouldBe "S"
            val random = async { alice.getService("s") { mode = SelectionMode.Random } }
            val keyword = manager.expect()
            keyword.extra["with_kwargs"] shouldBe true
            keyword.args shouldBe listOf("s", mapOf("config" to mapOf("mode" to "random")))
            manager.resolve(keyword, mapOf("id" to "ws/bob:s"))
            random.await().id shouldBe "ws/bob:s"
        }

    @Test
    fun `a service that the server does not find or does not give is an exception of its own`() =
        withManager { alice, manager ->
            supervisorScope {
                val missing = async { alice.getService("nope") }
                manager.reject(manager.expect(), "Traceback (most recent call last):\nKeyError: 'Service not found: ws/*:nope@*'")
                shouldThrow<ServiceNotFoundException> { missing.await() }.message shouldBe "Service not found: ws/*:nope@*"
                val denied = async { alice.getService("other/x") }
                manager.reject(manager.expect(), "PermissionError: Permission denied for non-public service in workspace other")
                shouldThrow<PermissionDeniedException> { denied.await() }.message shouldContain "in workspace other"
            }
        }

    @Test
    fun `services are listed as the server knows them`() =
        withManager { alice, manager ->
            val listing = async { alice.listServices(mapOf("type" to "generic")) }
            val call = manager.expect()
            call.args shouldBe listOf(mapOf("type" to "generic"))
            val info = mapOf("id" to "ws/bob:s", "type" to "generic", "config" to mapOf("visibility" to "unlisted"), "x" to 1)
            manager.resolve(call, listOf(info))
            val found = listing.await().single()
            found.entries shouldContainAll mapOf("id" to "ws/bob:s", "x" to 1L)
            found.visibility shouldBe "unlisted"
            val all = async { alice.listServices() }
            val plain = manager.expect()
            plain.args shouldBe emptyList()
            manager.resolve(plain, emptyList<Any?>())
            all.await() shouldBe emptyList()
        }

    @Test
    fun `the manager's functions are called by name`() =
        withManager { alice, manager ->
            val token = async { alice.manager.call<String>("generate_token", mapOf("expires_in" to 60)) }
            val call = manager.expect()
            call.method shouldBe "services.default.generate_token"
            manager.resolve(call, "secret")
            token.await() shouldBe "secret"
            val echo = async { alice.echo(listOf(1.5)) }
            val echoCall = manager.expect()
            echoCall.method shouldBe "services.default.echo"
            manager.resolve(echoCall, echoCall.args.single())
            echo.await() shouldBe listOf(1.5)
        }
}
