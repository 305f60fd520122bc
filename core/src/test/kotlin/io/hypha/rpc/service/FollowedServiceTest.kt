package io.hypha.rpc.service

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.callback0
import io.hypha.rpc.testing.expectNothing
import io.hypha.rpc.testing.withScriptedServer
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.supervisorScope
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import org.junit.jupiter.api.Test

/** A handle follows its provider when a call proves that it has moved (protocol §7.7). Names of clients: `ws/one` before, `ws/two` after. */
class FollowedServiceTest {
    @Test
    fun `a call that could not be delivered is repeated once at the place where the service is found again`() =
        withScriptedServer { alice, server ->
            val service = server.give(alice, "ws/one", "f", "g")
            val f = service["f"]
            val result = async { service.call<Int>("f", 5) }
            val first = server.expectCall("ws/one", "services.svc.f")
            server.undeliverable(first)
            server.expectManager("get_service").also { it.args shouldBe listOf("svc") }.let { server.hand(it, "ws/two", "f", "g") }
            val second = server.expectCall("ws/two", "services.svc.f")
            second.args shouldBe first.args
            server.answer(second, 6)
            result.await() shouldBe 6
            service.id shouldBe "ws/two:svc"
            service.value("owner") shouldBe "ws/two"
            // Functions that were taken before go to the new place at once, others as well.
            for (later in listOf<suspend () -> Any?>({ f() }, { service.call<Int>("g") })) {
                val again = async { later() }
                val call = server.manager.expect()
                call.main["to"] shouldBe "ws/two"
                server.answer(call, 7)
                again.await().toString() shouldBe "7"
            }
            f.toString() shouldBe "RemoteFunction(ws/two:services.svc.f)"
        }

    @Test
    fun `a provider that returns under its own id and says that it has no such function is asked for its service again`() =
        withScriptedServer { alice, server ->
            val service = server.give(alice, "ws/one", "f")
            for (text in listOf("Method expired or not found", "Session not found", "Error: Invalid method")) {
                val result = async { service.call<Int>("f") }
                val first = server.expectCall("ws/one", "services.svc.f")
                server.peer("ws/one").reject(first, "$text: ws/alice:services.svc.f")
                server.hand(server.expectManager("get_service"), "ws/one", "f")
                server.answer(server.expectCall("ws/one", "services.svc.f"), 1)
                result.await() shouldBe 1
            }
        }

    @Test
    fun `it is repeated once only, and the second failure is the one that counts`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                val result = async { service.call<Int>("f") }
                server.undeliverable(server.expectCall("ws/one", "services.svc.f"))
                server.hand(server.expectManager("get_service"), "ws/two", "f")
                server.undeliverable(server.expectCall("ws/two", "services.svc.f"))
                shouldThrow<PeerGoneException> { result.await() }.message shouldBe "Target peer ws/two is not connected"
                server.manager.expectNothing()
            }
        }

    @Test
    fun `calls that find it out together look the service up once`() =
        withScriptedServer { alice, server ->
            val service = server.give(alice, "ws/one", "f")
            val results = List(5) { async { service.call<Int>("f", it) } }
            val first = List(5) { server.expectCall("ws/one", "services.svc.f") }
            first.take(4).forEach { server.undeliverable(it) }
            val lookUp = server.expectManager("get_service")
            server.manager.expectNothing()
            // One whose caller has given up takes nothing from the others.
            results.first().cancelAndJoin()
            server.hand(lookUp, "ws/two", "f")
            repeat(3) { server.expectCall("ws/two", "services.svc.f").let { call -> server.answer(call, call.args.single()) } }
            // One that hears of it later uses what the others found.
            server.undeliverable(first.last())
            server.expectCall("ws/two", "services.svc.f").let { call -> server.answer(call, call.args.single()) }
            results.drop(1).map { it.await() } shouldContainExactly listOf(1, 2, 3, 4)
        }

    @Test
    fun `a service that is not found again leaves the error of the call`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                repeat(2) {
                    val result = async { service.call<Int>("f") }
                    server.undeliverable(server.expectCall("ws/one", "services.svc.f"))
                    server.manager.reject(server.expectManager("get_service"), "KeyError: 'Service not found: ws/*:svc@*'")
                    val failure = shouldThrow<PeerGoneException> { result.await() }
                    failure.message shouldBe "Target peer ws/one is not connected"
                    failure.didNotRun shouldBe true
                    failure.suppressedExceptions.single().shouldBeInstanceOf<ServiceNotFoundException>()
                }
            }
        }

    @Test
    fun `a function that the service has no longer is missing`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f", "g")
                val f = service["f"]
                val result = async { f.call<Int>() }
                server.missing(server.expectCall("ws/one", "services.svc.f"))
                server.hand(server.expectManager("get_service"), "ws/two", "g")
                shouldThrow<MethodNotFoundException> { result.await() }.message shouldContain "no function 'f' any more; it has g"
                shouldThrow<MethodNotFoundException> { f.call<Int>() }.message shouldContain "no function 'f' any more"
                server.manager.expectNothing()
            }
        }

    @Test
    fun `nothing is repeated that may have run`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                val texts =
                    listOf(
                        "Client disconnected: ws/one",
                        "Method expired or not found: ws/one:services.other.f",
                        "Method expired or not found: ws/alice:services.other.f",
                        "ValueError: Method expired or not found: ws/alice:services.svc.f",
                        "RemoteError: Method expired or not found: ws/alice:services.svc.f",
                        "Error: RemoteError: Error: Method expired or not found: ws/alice:services.svc.f",
                        "Method expired or not found: ws/alice:services.svc.f, says ws/three",
                        "Traceback (most recent call last):\n  File\nException: Method expired or not found: ws/alice:services.svc.f",
                        "Target peer ws/three is not connected",
                        "RemoteError: Target peer ws/one is not connected",
                        "OverloadedError: ws/one has too many calls",
                        "Connection is closed",
                    )
                for (text in texts) {
                    withClue(text) {
                        val result = async { service.call<Int>("f") }
                        server.peer("ws/one").reject(server.expectCall("ws/one", "services.svc.f"), text)
                        shouldThrow<HyphaException> { result.await() }
                        server.manager.expectNothing()
                    }
                }
            }
        }

    /** Takes its function out of the service that is the result, and fails like a refusal when there is none. */
    private object Taken : KSerializer<RemoteFunction> {
        override val descriptor = RemoteService.serializer().descriptor

        override fun deserialize(decoder: Decoder) = decoder.decodeSerializableValue(RemoteService.serializer())["taken"]

        override fun serialize(
            encoder: Encoder,
            value: RemoteFunction,
        ) = throw UnsupportedOperationException()
    }

    @Serializable
    private class Result(
        @Serializable(with = Taken::class) val function: RemoteFunction,
    )

    @Test
    fun `a result that cannot be read is no refusal, whatever its reader throws`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                for (function in listOf(service["f"], service["f"].idempotent())) {
                    val result = async { function.call<Result>() }
                    server.answer(server.expectCall("ws/one", "services.svc.f"), mapOf("function" to mapOf("id" to "other")))
                    shouldThrow<MethodNotFoundException> { result.await() }.message shouldContain "no function 'taken'"
                    server.manager.expectNothing()
                }
            }
        }

    @Test
    fun `a provider that has called back has run, whatever it says`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                var calls = 0
                val result = async { service.call<Int>("f", callback0 { ++calls }) }
                val call = server.expectCall("ws/one", "services.svc.f")
                val path = (call.args.single() as Map<*, *>)["_rmethod"] as String
                server.peer("ws/one").call(path, parent = call.session)
                server.manager.expect().method shouldBe "P1.resolve"
                server.missing(call)
                shouldThrow<MethodNotFoundException> { result.await() }
                server.manager.expectNothing()
                calls shouldBe 1
            }
        }

    @Test
    fun `callbacks are passed anew and work at the new place`() =
        withScriptedServer { alice, server ->
            val service = server.give(alice, "ws/one", "f")
            val result = async { service.call<String>("f", callback { name: String -> "Hello $name" }) }
            val first = server.expectCall("ws/one", "services.svc.f")
            server.undeliverable(first)
            server.hand(server.expectManager("get_service"), "ws/two", "f")
            val second = server.expectCall("ws/two", "services.svc.f")
            val path = (second.args.single() as Map<*, *>)["_rmethod"] as String
            (path.startsWith(second.session) && second.session != first.session) shouldBe true
            server.peer("ws/two").call(path, listOf("two"), parent = second.session)
            server.manager.expect().args shouldBe listOf("Hello two")
            server.answer(second, "done")
            result.await() shouldBe "done"
        }

    @Test
    fun `a handle that does not follow fails at once`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f") { follow = false }
                val result = async { service.call<Int>("f") }
                server.undeliverable(server.expectCall("ws/one", "services.svc.f"))
                shouldThrow<PeerGoneException> { result.await() }
                server.manager.expectNothing()
            }
        }

    @Test
    fun `a stream is asked for again when the call that opens it was refused, and not later`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                val items = async { service.stream<Int>("f").toList() }
                server.missing(server.expectCall("ws/one", "services.svc.f"))
                server.hand(server.expectManager("get_service"), "ws/two", "f")
                val opening = server.expectCall("ws/two", "services.svc.f")
                server.answer(
                    opening,
                    mapOf("_rtype" to "generator", "_rtarget" to "ws/two", "_rmethod" to "S.gen", "_rclose_method" to "S.gen:close"),
                )
                val next = server.expectCall("ws/two", "S.gen")
                server.missing(next)
                shouldThrow<MethodNotFoundException> { items.await() }
                server.answer(server.expectCall("ws/two", "S.gen:close"), null)
                server.manager.expectNothing()
            }
        }

    @Test
    fun `a service that was asked for at its provider is asked for there again`() =
        withScriptedServer { alice, server ->
            val one = server.peer("ws/one")
            val getting = async { alice.getServiceOf("one", "svc") }
            val path = "services.built-in.get_service"
            one.resolve(server.expectCall("ws/one", path), mapOf("id" to "svc", "f" to one.method("services.svc.f")))
            val service = getting.await()
            val result = async { service.call<Int>("f") }
            server.missing(server.expectCall("ws/one", "services.svc.f"))
            val again = server.expectCall("ws/one", path)
            again.args shouldBe listOf("svc")
            one.resolve(again, mapOf("id" to "svc", "f" to one.method("services.svc.f")))
            server.answer(server.expectCall("ws/one", "services.svc.f"), 3)
            result.await() shouldBe 3
        }

    @Test
    fun `nested functions and those in lists follow too, and what is passed on is the new one`() =
        withScriptedServer { alice, server ->
            suspend fun hand(owner: String) {
                val f = server.peer(owner).method("services.svc.a.b")
                val l = server.peer(owner).method("services.svc.list.1")
                val tree = mapOf("id" to "$owner:svc", "a" to mapOf("b" to f), "list" to listOf(1, l), "echo" to f)
                server.manager.resolve(server.expectManager("get_service"), tree)
            }
            val getting = async { alice.getService("svc") }
            hand("ws/one")
            val service = getting.await()
            val listed = service["list.1"]
            val result = async { service.call<Int>("a.b") }
            server.undeliverable(server.expectCall("ws/one", "services.svc.a.b"))
            hand("ws/two")
            server.answer(server.expectCall("ws/two", "services.svc.a.b"), 1)
            result.await() shouldBe 1
            val passing = async { service.call<Int>("echo", listed) }
            val call = server.expectCall("ws/two", "services.svc.a.b")
            (call.args.single() as Map<*, *>)["_rtarget"] shouldBe "ws/two"
            server.answer(call, 2)
            passing.await() shouldBe 2
        }

    @Test
    fun `closing the connection while the service is looked up again ends the call with its error`() =
        withScriptedServer { alice, server ->
            supervisorScope {
                val service = server.give(alice, "ws/one", "f")
                val result = async { service.call<Int>("f") }
                server.undeliverable(server.expectCall("ws/one", "services.svc.f"))
                server.expectManager("get_service")
                alice.close()
                val failure = shouldThrow<PeerGoneException> { result.await() }
                failure.suppressedExceptions.single().shouldBeInstanceOf<ConnectionClosedException>()
            }
        }

    @Test
    fun `the refusal of a nested call inside a handler is not taken for the refusal of the handler's own call`() =
        withScriptedServer { alice, server ->
            alice.provideService(
                service("s") {
                    function<Any?>("own") { throw MethodNotFoundException("Method expired or not found: ws/one:services.s.own") }
                    function<Any?>("far") { throw RemoteException(null, "Target peer ws/alice is not connected") }
                },
            )
            for ((name, text) in listOf(
                "own" to "RemoteError: Method expired or not found: ws/one:services.s.own",
                "far" to "RemoteError: Target peer ws/alice is not connected",
                "no" to "Method expired or not found: ws/one:services.s.no",
            )) {
                server.peer("ws/one").call("services.s.$name")
                (
                    (
                        server.manager
                            .expect()
                            .args
                            .single()
                    ) as Map<*, *>
                )["_rvalue"] shouldBe text
            }
        }
}
