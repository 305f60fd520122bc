package io.hypha.rpc.service

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.testing.Message
import io.hypha.rpc.testing.ScriptedServer
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withScriptedServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.TestScope
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** Calls that may run twice are repeated also when nobody knows whether they ran (protocol §7.7). */
class IdempotentCallsTest {
    private suspend fun ScriptedServer.left(client: String) {
        manager.send(mapOf("type" to "client_disconnected", "to" to "*", "data" to mapOf("id" to client, "workspace" to "ws")))
    }

    private suspend fun TestScope.repeats(
        server: ScriptedServer,
        function: RemoteFunction,
        fail: suspend (Message) -> Unit,
    ) {
        val result = async { function.call<Int>() }
        fail(server.expectCall("ws/one", "services.svc.f"))
        server.hand(server.expectManager("get_service"), "ws/one", "f")
        server.answer(server.expectCall("ws/one", "services.svc.f"), 4)
        result.await() shouldBe 4
    }

    @Test
    fun `a call whose provider left or was silent is repeated once when it may run twice`() =
        withScriptedServer { alice, server ->
            val service = server.give(alice, "ws/one", "f")
            for (function in listOf(
                service.idempotent()["f"],
                service["f"].idempotent(),
                service["f"].withTimeout(9.seconds).idempotent(),
            )) {
                repeats(server, function) { server.left("one") }
                repeats(server, function) { server.peer("ws/one").reject(it, "Client disconnected: ws/one") }
                repeats(server, function) { server.missing(it) }
                // Virtual time passes while nothing is said. The caller takes its call back, but foreign functions are not told.
                repeats(server, function) {}
            }
        }

    @Test
    fun `other calls are not`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                val left = async { service.call<Int>("f") }
                server.expectCall("ws/one", "services.svc.f")
                server.left("one")
                shouldThrow<PeerGoneException> { left.await() }.didNotRun shouldBe false
                val silent = async { service.call<Int>("f") }
                server.expectCall("ws/one", "services.svc.f")
                shouldThrow<CallTimeoutException> { silent.await() }
                server.manager.expectNothing()
            }
        }

    @Test
    fun `that the second call did not run says nothing of the first`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f").idempotent()
                val undelivered = async { service.call<Int>("f") }
                server.expectCall("ws/one", "services.svc.f")
                server.hand(server.expectManager("get_service"), "ws/two", "f")
                server.undeliverable(server.expectCall("ws/two", "services.svc.f"))
                shouldThrow<CallTimeoutException> { undelivered.await() }.didNotRun shouldBe false

                val stream = async { service.stream<Int>("f").toList() }
                server.expectCall("ws/two", "services.svc.f")
                server.hand(server.expectManager("get_service"), "ws/two", "g")
                shouldThrow<CallTimeoutException> { stream.await() }
            }
        }

    @Test
    fun `a function that failed is not called again`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f").idempotent()
                val result = async { service.call<Int>("f") }
                server.peer("ws/one").reject(server.expectCall("ws/one", "services.svc.f"), "ValueError: no")
                shouldThrow<RemoteException> { result.await() }
                server.manager.expectNothing()
            }
        }

    @Test
    fun `a stream among the arguments is sent again unless the provider has begun to read it`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f").idempotent()
                var collected = 0
                val items =
                    flow {
                        collected++
                        emit(1)
                    }
                val unread = async { service.call<Int>("f", items) }
                server.expectCall("ws/one", "services.svc.f")
                server.left("one")
                server.hand(server.expectManager("get_service"), "ws/one", "f")
                server.answer(server.expectCall("ws/one", "services.svc.f"), 4)
                unread.await() shouldBe 4
                collected shouldBe 0
                val read = async { service.call<Int>("f", items) }
                val call = server.expectCall("ws/one", "services.svc.f")
                val next = (call.args.single() as Map<*, *>)["_rmethod"] as String
                server.peer("ws/one").call(next, parent = call.session)
                server.manager.expect().args shouldBe listOf(1L)
                server.left("one")
                shouldThrow<PeerGoneException> { read.await() }
                server.manager.expectNothing()
                collected shouldBe 1
            }
        }

    @Test
    fun `a stream that broke before its first item is asked for again, once`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f").idempotent()

                suspend fun open() {
                    val generator = mapOf("_rtype" to "generator", "_rtarget" to "ws/one", "_rmethod" to "S.gen")
                    server.answer(server.expectCall("ws/one", "services.svc.f"), generator)
                }
                val seen = ArrayList<Int>()
                val items = async { service.stream<Int>("f").onEach { seen += it }.toList() }
                open()
                server.missing(server.expectCall("ws/one", "S.gen"))
                server.hand(server.expectManager("get_service"), "ws/one", "f")
                open()
                server.answer(server.expectCall("ws/one", "S.gen"), 1)
                server.expectCall("ws/one", "S.gen")
                server.left("one")
                shouldThrow<PeerGoneException> { items.await() }
                seen shouldBe listOf(1)
                server.manager.expectNothing()
            }
        }
}
