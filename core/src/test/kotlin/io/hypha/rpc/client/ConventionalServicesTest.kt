package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.testing.withScriptedServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.TestScope
import org.junit.jupiter.api.Test

/** Services that every client may have under names of their own, and programs that only provide (protocol §7.5, §7.9). */
class ConventionalServicesTest {
    private suspend fun TestScope.registered(
        manager: ScriptedPeer,
        register: suspend () -> Unit,
    ): Map<*, *> {
        val registering = async { register() }
        val call = manager.expect()
        call.method shouldBe "services.default.register_service"
        manager.resolve(call, null)
        registering.await()
        return call.args.single() as Map<*, *>
    }

    @Test
    fun `probes are a public service of their own type`() =
        withManager { alice, manager ->
            repeat(2) { round ->
                val info =
                    registered(manager) {
                        alice.registerProbes {
                            readiness { "ready $round" }
                            liveness { }
                            probe("disk") { error("full") }
                        }
                    }
                info["id"] shouldBe "ws/alice:probes"
                info["type"] shouldBe "probes"
                (info["config"] as Map<*, *>)["visibility"] shouldBe "public"
                manager.call("services.probes.readiness")
                manager.expectResult() shouldBe "ready $round"
                manager.call("services.probes.liveness")
                manager.expectResult() shouldBe null
                manager.call("services.probes.disk")
                manager.expectRejection() shouldBe "IllegalStateException: full"
            }
        }

    @Test
    fun `an exported service is the app of its client, in the place of the one before`() =
        withManager { alice, manager ->
            registered(manager) { alice.export { function("f") { 1 } } }["id"] shouldBe "ws/alice:default"
            registered(manager) { alice.export(service("other") { function("g") { 2 } }) }["id"] shouldBe "ws/alice:default"
            manager.call("services.default.g")
            manager.expectResult() shouldBe 2L
            manager.call("services.default.f")
            manager.expectRejection() shouldContain "Method expired or not found"
        }

    @Test
    fun `apps are found and listed by their clients`() =
        withManager { alice, manager ->
            for ((client, id) in listOf("bob" to "ws/bob:default", "other/bob" to "other/bob:default")) {
                val getting = async { alice.getApp(client) }
                val call = manager.expect()
                call.args shouldBe listOf(id)
                manager.resolve(call, mapOf("id" to id))
                getting.await().id shouldBe id
            }
            val listing = async { alice.listApps() }
            val call = manager.expect()
            call.args shouldBe listOf(mapOf("workspace" to "ws", "service_id" to "default"))
            manager.resolve(call, emptyList<Any?>())
            listing.await() shouldBe emptyList()
        }

    @Test
    fun `a service is withdrawn by what its registration returned`() =
        withManager { alice, manager ->
            val registering = async { alice.registerService("s") { function("f") { 1 } } }
            manager.resolve(manager.expect(), null)
            val info = registering.await()
            val withdrawing = async { alice.unregisterService(info) }
            manager.expect().also { it.args shouldBe listOf("s") }.let { manager.resolve(it, null) }
            withdrawing.await()
            shouldThrow<ServiceNotFoundException> { alice.unregisterService(info) }
            manager.expectNothing()
        }

    @Test
    fun `serving ends normally when this program closes the connection`() =
        withManager { alice, _ ->
            val serving = async { alice.serve() }
            alice.close()
            serving.await()
        }

    @Test
    fun `serving fails with the reason when the connection was lost`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val serving = async { alice.serve() }
                server.manager.close("kicked out")
                shouldThrow<ConnectionClosedException> { serving.await() }.message shouldContain "kicked out"
            }
        }

    @Test
    fun `functions with the names of a map or an object are called like any other`() =
        withScriptedServer { alice, server ->
            val names = arrayOf("keys", "values", "items", "get", "pop", "call", "toString", "hashCode", "entries", "close", "stream")
            val service = server.give(alice, "ws/one", *names)
            for (name in names) {
                val result = async { service.call<String>(name) }
                server.answer(server.expectCall("ws/one", "services.svc.$name"), name)
                result.await() shouldBe name
            }
        }
}
