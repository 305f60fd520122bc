package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.interfaceObject
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

/** Functions, services and the caller's context as parameters of an interface. */
class TypedCallbacksTest {
    @Test
    fun `a lambda is called back with its types`() =
        withTwoClients { alice, bob ->
            val seen = ArrayList<Any?>()
            val callers = typed<Callers>(alice, bob, CallingBack())
            callers.watch(3) { seen += it } shouldBe 3
            seen shouldBe listOf(Spot(0), Spot(1), Spot(2))
        }

    @Test
    fun `results of callbacks come back, and null is no callback`() =
        withTwoClients { alice, bob ->
            val callers = typed<Callers>(alice, bob, CallingBack())
            callers.combine { a, b -> "$a$b" } shouldBe "1x"
            callers.combine(null) shouldBe "none"
        }

    @Test
    fun `a function is a result as well`() =
        withTwoClients { alice, bob ->
            val times = typed<Callers>(alice, bob, CallingBack()).times(3)
            times(4) shouldBe 12
            times.toString() shouldContain "RemoteFunction"
            // The provider keeps it until it is unused for ten minutes.
            testScheduler.advanceTimeBy(11.minutes)
        }

    @Test
    fun `a received function that is passed back is the one that was passed`() =
        withTwoClients { alice, bob ->
            val callers = typed<Callers>(alice, bob, CallingBack())
            val negate: suspend (Int) -> Int = { -it }
            callers.same(negate)(5) shouldBe -5
        }

    @Test
    fun `a plain lambda may be passed to providers of other languages`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function(
                    "each",
                    io.hypha.rpc.call
                        .param("f"),
                ) { f: RemoteFunction -> f.call<String>(7) }
            }
            alice.serviceOf("bob").proxy<Plain>().each { "got $it" } shouldBe "got 7"
            val e = shouldThrow<IllegalArgumentException> { bob.provide { implement<Plain>(NoPlain) } }
            e.message shouldContain "'each': a call of 'f' would block; make it a suspending function type"
        }

    @Test
    fun `untyped functions and services are parameters`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Untyped>(UntypedParameters) }
            val service = alice.serviceOf("bob")
            service.call<String>("call", callback { text: String -> "<$text>" }) shouldBe "<hello>"
            service.proxy<UntypedCaller>().call(callback { text: String -> "[$text]" }) shouldBe "[hello]"
            service.proxy<Untyped>().nameOf(service) shouldBe service.id
            val e = shouldThrow<IllegalArgumentException> { bob.provide { implement<UntypedCaller>(NoUntypedCaller) } }
            e.message shouldContain "'call': 'function' arrives as a RemoteFunction"
        }

    @Test
    fun `an interface object implements an interface as well`() =
        withTwoClients { alice, bob ->
            var kept: Listener? = null
            bob.provide { function("keep", param("listener")) { listener: RemoteService -> kept = listener.proxy<Listener>() } }
            val listener = interfaceObject { implement<Listener>(Adding(Spot(3))) }
            alice.serviceOf("bob").call<Unit>("keep", listener)
            val proxy = checkNotNull(kept)
            proxy.start shouldBe Spot(3)
            proxy.onNumber(4) shouldBe 7
            listener.dispose()
        }

    @Test
    fun `the context of a call is given to the implementation and is no argument`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Contexts>(Contextual) }
            val service = alice.serviceOf("bob")
            service.call<String>("whose", "a", 2) shouldBe "ws/alice a 2"
            service.call<String>("whose", "a") shouldBe "ws/alice a 1"
            service.proxy<Contexts>().whose("b", n = 5) shouldBe "ws/alice b 5"
            val schema = service["whose"].schema.toString()
            schema shouldContain "text"
            schema.contains("caller") shouldBe false
        }
}

private interface Callers {
    suspend fun watch(
        n: Int,
        onSpot: suspend (Spot) -> Unit,
    ): Int

    suspend fun combine(how: (suspend (Int, String) -> String)?): String

    suspend fun times(factor: Int): suspend (Int) -> Int

    suspend fun same(function: suspend (Int) -> Int): suspend (Int) -> Int
}

private class CallingBack : Callers {
    override suspend fun watch(
        n: Int,
        onSpot: suspend (Spot) -> Unit,
    ): Int {
        repeat(n) { onSpot(Spot(it)) }
        return n
    }

    override suspend fun combine(how: (suspend (Int, String) -> String)?): String = how?.invoke(1, "x") ?: "none"

    override suspend fun times(factor: Int): suspend (Int) -> Int = { it * factor }

    override suspend fun same(function: suspend (Int) -> Int): suspend (Int) -> Int = function
}

private interface Listener {
    val start: Spot

    suspend fun onNumber(number: Int): Int
}

private class Adding(
    override val start: Spot,
) : Listener {
    override suspend fun onNumber(number: Int): Int = start.x + number
}

private interface Plain {
    suspend fun each(f: (Int) -> String): String
}

private object NoPlain : Plain {
    override suspend fun each(f: (Int) -> String): String = f(0)
}

private interface Untyped {
    suspend fun call(function: RemoteFunction): String

    suspend fun nameOf(service: RemoteService): String
}

private object UntypedParameters : Untyped {
    override suspend fun call(function: RemoteFunction): String = function.call("hello")

    override suspend fun nameOf(service: RemoteService): String = service.id
}

private interface UntypedCaller {
    suspend fun call(function: LocalFunction): String
}

private object NoUntypedCaller : UntypedCaller {
    override suspend fun call(function: LocalFunction): String = ""
}

private interface Contexts {
    suspend fun whose(
        text: String,
        caller: CallContext? = null,
        n: Int = 1,
    ): String
}

private object Contextual : Contexts {
    override suspend fun whose(
        text: String,
        caller: CallContext?,
        n: Int,
    ): String = "${caller?.from} $text $n"
}
