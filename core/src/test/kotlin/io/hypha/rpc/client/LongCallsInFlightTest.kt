package io.hypha.rpc.client

import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.testing.FakeServer
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.withServer
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** Long calls whose pieces are on their way when the link is lost (protocol §1.12, §6). In virtual time. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongCallsInFlightTest {
    private suspend fun HyphaConnection.serviceOfBob(server: FakeServer): RemoteService =
        coroutineScope {
            val service = async { getServiceOf("ws/bob", "s") { follow = false } }
            val call = server.others.receive()
            server.bob.resolve(call, mapOf("id" to "s", "f" to server.bob.method("services.s.f")))
            service.await()
        }

    private suspend fun FakeServer.expect(function: String): Message =
        others.receive().also { it.method shouldBe "services.built-in.message_cache.$function" }

    @Test
    fun `pieces that were on their way are sent again, and the call that they make up only once`() =
        withServer { alice, server ->
            val service = alice.serviceOfBob(server)
            val call = async { service.call<Int>("f", ByteArray(600_000)) }
            val create = server.expect("create")
            server.bob.resolve(create, null)
            val lost = List(3) { server.expect("set") }
            server.cut()
            runCurrent()
            val again = List(4) { server.others.receive() }
            for (message in again) server.bob.resolve(message, null)
            val pieces = again.filter { it.method.endsWith(".set") }
            pieces.map { it.args[1] } shouldContainExactlyInAnyOrder lost.map { it.args[1] }
            (again - pieces.toSet()).single().method shouldBe "services.built-in.ping"
            server.bob.resolve(server.expect("process"), null)
            val whole = pieces.sortedBy { it.args[1] as Long }.map { (it.args[2] as Bytes).toByteArray() }.reduce(ByteArray::plus)
            server.bob.resolve(Message.of(Bytes(whole)), 7)
            call.await() shouldBe 7
            runCurrent()
            server.others.tryReceive().isSuccess shouldBe false
        }
}
