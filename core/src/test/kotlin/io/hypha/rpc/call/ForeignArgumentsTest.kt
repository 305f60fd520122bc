package io.hypha.rpc.call

import io.hypha.rpc.service.service
import io.hypha.rpc.testing.ScriptedPeer
import io.hypha.rpc.testing.expectRejection
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.give
import io.hypha.rpc.testing.shortPromise
import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** Arguments to and from peers of another make (protocol §3.2, §3.7). */
class ForeignArgumentsTest {
    private val calculator =
        service("calc") {
            function("add", param("a"), param("b", default = 2)) { a: Int, b: Int -> a + b }
            function("join", param("a"), param("b")) { a: Any?, b: Map<String, Any?>? -> "$a $b" }
            function("nothing") { "nothing" }
        }

    private val keywords = shortPromise + ("with_kwargs" to true)

    private suspend fun ScriptedPeer.ask(
        function: String,
        vararg args: Any?,
        extra: Map<String, Any?> = shortPromise,
    ) = call("services.calc.$function", args.asList(), extra = extra)

    @Test
    fun `a call without keywords has just its arguments and the reply that it wants`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service.call<Int>("f", 1, mapOf("b" to 5)) }
            val call = peer.expect()
            call.main shouldBe
                mapOf("type" to "method", "from" to "ws/alice", "to" to "ws/peer", "method" to "services.svc.f", "session" to call.session)
            call.extra shouldBe mapOf("args" to listOf(1L, mapOf("b" to 5L)), "promise" to "*", "t" to 15.0)
            peer.resolve(call, 6)
            result.await() shouldBe 6
        }

    @Test
    fun `keywords travel as one more argument and a mark`() =
        withScriptedPeer { alice, peer ->
            val service = peer.give(alice, "f")
            val result = async { service["f"].call<Any?>(1, kwargs = mapOf("b" to 5, "c" to listOf("x"))) }
            val call = peer.expect()
            call.args shouldBe listOf(1L, mapOf("b" to 5L, "c" to listOf("x")))
            call.extra["with_kwargs"] shouldBe true
            peer.resolve(call, null)
            result.await() shouldBe null
        }

    @Test
    fun `a foreign caller's keywords bind by name beside its positional arguments`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(calculator)
            peer.ask("add", 1, mapOf("b" to 5), extra = keywords)
            peer.expectResult() shouldBe 6
            peer.ask("add", mapOf("b" to 5, "a" to 2), extra = keywords)
            peer.expectResult() shouldBe 7
            peer.ask("add", mapOf("a" to 2, "b" to null), extra = keywords)
            peer.expectResult() shouldBe 4
            peer.ask("add", 1, emptyMap<String, Any?>(), extra = keywords)
            peer.expectResult() shouldBe 3
        }

    @Test
    fun `without the mark the last map is an argument like any other`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(calculator)
            peer.ask("join", 1, mapOf("b" to 5), extra = shortPromise + ("with_kwargs" to false))
            peer.expectResult() shouldBe "1 {b=5}"
            peer.ask("join", mapOf("_rkwarg" to true))
            peer.expectResult() shouldBe "{_rkwarg=true} null"
        }

    @Test
    fun `wrong keywords are refused with their name`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(calculator)
            peer.ask("add", 1, mapOf("c" to 5), extra = keywords)
            peer.expectRejection() shouldContain "TypeError: function 'add' has no parameter 'c'; it has the parameters a, b"
            peer.ask("add", 1, mapOf("a" to 5), extra = keywords)
            peer.expectRejection() shouldContain "got its parameter 'a' twice"
            peer.ask("add", mapOf("a" to "x"), extra = keywords)
            peer.expectRejection() shouldContain "TypeError: kwargs.a: "
            peer.ask("add", 1, 2, extra = keywords)
            peer.expectRejection() shouldContain "ValueError: "
        }

    @Test
    fun `JavaScript pads with nil, which is no argument`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(calculator)
            peer.ask("add", 1, null)
            peer.expectResult() shouldBe 3
            peer.ask("add", 1, 1, null, null)
            peer.expectResult() shouldBe 2
            peer.ask("nothing", null)
            peer.expectResult() shouldBe "nothing"
            peer.ask("add", null, 1)
            peer.expectRejection() shouldContain "args[0]"
        }

    @Test
    fun `arguments beyond the parameters are refused, except by the built-in functions`() =
        withScriptedPeer { alice, peer ->
            alice.provideService(calculator)
            peer.ask("add", 1, 2, 3)
            peer.expectRejection() shouldContain "'add' got more arguments than it has parameters; it has the parameters a, b"
            peer.ask("nothing", 1)
            peer.expectRejection() shouldContain "it has no parameters"
            peer.call("services.built-in.ping", listOf("ping", 20))
            peer.expectResult() shouldBe "pong"
            peer.call("services.built-in.ping", listOf("hello"))
            peer.expectRejection() shouldContain "expected ping"
        }

    @Test
    fun `a call without arguments may have no args at all, or no payload`() =
        withScriptedPeer { alice, peer ->
            var runs = 0
            alice.provideService(service("count") { function("up") { runs++ } })
            peer.send(peer.main("services.count.up", "session" to "P1"), shortPromise)
            peer.expectResult() shouldBe 0
            peer.send(peer.main("services.count.up"))
            peer.send(peer.main("services.count.up", "session" to "P1"), shortPromise)
            peer.expectResult() shouldBe 2
        }
}
