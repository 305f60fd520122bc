package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withManager
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import org.junit.jupiter.api.Test

/** How services are offered and withdrawn (protocol §7.5). */
class RegistrationTest {
    private val hello: ServiceBuilder.() -> Unit = { function("hello") { "hello" } }

    private suspend fun ScriptedPeer.isAnswered(function: String): Boolean {
        call("services.s.$function")
        return expect().method == "P1.resolve"
    }

    @Test
    fun `a service can be called when its registration returns, and is known by its full id`() =
        withManager { alice, manager ->
            val registering = async { alice.registerService("s", build = hello) }
            val call = manager.expect()
            call.method shouldBe "services.default.register_service"
            manager.resolve(call, null)
            val info = registering.await()
            info.id shouldBe "ws/alice:s"
            info.visibility shouldBe "protected"
            manager.isAnswered("hello") shouldBe true
        }

    @Test
    fun `a registration that the server refuses is taken back`() =
        withManager { alice, manager ->
            supervisorScope {
                val registering = async { alice.registerService("s", build = hello) }
                manager.reject(manager.expect(), "Permission denied for workspace ws")
                shouldThrow<PermissionDeniedException> { registering.await() }
            }
            manager.isAnswered("hello") shouldBe false
            val again = async { alice.registerService("s", build = hello) }
            manager.resolve(manager.expect(), null)
            again.await()
            manager.isAnswered("hello") shouldBe true
        }

    @Test
    fun `an id is given once`() =
        withManager { alice, manager ->
            alice.provideService(service("s", hello))
            val problem = "Service already exists: s, please specify a different id (not s) or overwrite=true"
            shouldThrow<IllegalArgumentException> { alice.registerService("s", build = hello) }.message shouldBe problem
            shouldThrow<IllegalArgumentException> { alice.provideService(service("s", hello)) }.message shouldBe problem
            manager.expectNothing()
        }

    @Test
    fun `a connection that is closed says so, whatever the id`() =
        withManager { alice, _ ->
            alice.provideService(service("s", hello))
            alice.close()
            shouldThrow<ConnectionClosedException> { alice.registerService("s", build = hello) }
            shouldThrow<ConnectionClosedException> { alice.registerService("t", build = hello) }
        }

    @Test
    fun `a service may take the place of another, which comes back when the server refuses`() =
        withManager { alice, manager ->
            alice.provideService(service("s", hello))
            val replacing = async { alice.registerService("s", overwrite = true) { function("other") { "other" } } }
            manager.resolve(manager.expect(), null)
            replacing.await()
            manager.isAnswered("hello") shouldBe false
            manager.isAnswered("other") shouldBe true
            supervisorScope {
                val refused = async { alice.registerService("s", overwrite = true, build = hello) }
                manager.reject(manager.expect(), "ValueError: no")
                shouldThrow<RemoteException> { refused.await() }
            }
            manager.isAnswered("hello") shouldBe false
            manager.isAnswered("other") shouldBe true
        }

    @Test
    fun `a service is withdrawn by any form of its id`() =
        withManager { alice, manager ->
            for (id in listOf("s", "alice:s", "ws/alice:s", "ws/alice:s@*")) {
                alice.provideService(service("s", hello))
                val withdrawing = async { alice.unregisterService(id) }
                val call = manager.expect()
                call.method shouldBe "services.default.unregister_service"
                call.args shouldBe listOf("s")
                manager.resolve(call, null)
                withdrawing.await()
                manager.isAnswered("hello") shouldBe false
            }
        }

    @Test
    fun `a client knows what it offers`() =
        withManager { alice, _ ->
            alice.provideService(service("s") { type = "special" })
            alice.services.map { it.id to it.type } shouldBe listOf("ws/alice:built-in" to "built-in", "ws/alice:s" to "special")
        }

    @Test
    fun `only services of this client are withdrawn`() =
        withManager { alice, manager ->
            alice.provideService(service("s", hello))
            for (id in listOf("nope", "bob:s", "ws/bob:s", "other/alice:s")) {
                shouldThrow<ServiceNotFoundException> { alice.unregisterService(id) }.message shouldBe "Service not found: $id"
            }
            manager.expectNothing()
            manager.isAnswered("hello") shouldBe true
        }
}
