package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import org.junit.jupiter.api.Test
import kotlin.reflect.KClass

/** Interfaces that cannot describe a service, and services that do not fit an interface. */
class InterfaceProblemsTest {
    @Test
    fun `everything that a service lacks is reported at once`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("present") { 1 }
                value("added", 2)
                group("math") { function("mul") { 1 } }
            }
            val e = shouldThrow<MethodNotFoundException> { alice.serviceOf("bob").proxy<Wanting>() }
            e.message shouldBe
                "service svc does not fit ${Wanting::class.java.name}: it lacks the function 'first', the function 'second', " +
                "the function 'added', the constant 'version', the function 'math.add', the function 'math.count'. " +
                "It has the functions present, math.mul and the constants added"
        }

    @Test
    fun `a constant of another type is refused by its name`() =
        withTwoClients { alice, bob ->
            bob.provide { value("version", listOf(1)) }
            val e = shouldThrow<EncodingException> { alice.serviceOf("bob").proxy<Versioned>() }
            e.path shouldBe "version"
        }

    @Test
    fun `what cannot be served or called is refused with the name of the function and what to do`() {
        val problems: List<Pair<KClass<*>, String>> =
            listOf(
                Blocking1::class to "'add' would block its caller: make it suspend, or let it return a Flow",
                Overloaded::class to "'add' is overloaded, and a service knows functions by their names only: rename all but one",
                SameCount::class to "'add' is overloaded",
                WithVararg::class to "'add': it has a vararg parameter; make that a List",
                GenericFunction::class to "'same': it has type parameters of its own, which a caller elsewhere cannot state",
                Receiver::class to "'add': it has a receiver; make that a parameter",
                Settable::class to "'version': it is a var, and others can only read the constants of a service; make it a val",
                JavaParent::class to "java.lang.Runnable, which it extends, is no interface of Kotlin's",
                TwoOfAName::class to "several members are called 'a'",
                BlockingResult::class to "'f': a call of its result would block; make it a suspending function type",
                BlockingConstant::class to "'f': a call of the constant would block",
                LocalResult::class to "'f': its result arrives as a RemoteFunction",
                BlockingInCallback::class to "'f': a call of a parameter of 'callback' would block",
                FunctionsInList::class to
                    "'f': 'list' is a kotlin.collections.List<suspend (kotlin.Int) -> kotlin.Unit>, and functions inside",
                ManyParameters::class to "'f': it mentions kotlin.Function24, for which there is no class",
                Dotted::class to "'add': its remote name 'math.add' is empty or has a dot",
                java.lang.Runnable::class to "is no interface of Kotlin's",
                PlainCalculator::class to "is a class; name the interface of the service",
                Store::class to "has type parameters; bind them, as in proxy<Store<Int>>()",
            )
        withTwoClients { alice, bob ->
            bob.provide { function("add") { 1 } }
            val service = alice.serviceOf("bob")
            for ((type, problem) in problems) {
                withClue(type) { shouldThrow<IllegalArgumentException> { service.proxyOfAny(type) }.message shouldContain problem }
            }
        }
    }

    @Test
    fun `all problems of an interface are reported at once`() =
        withTwoClients { alice, bob ->
            bob.provide { function("add") { 1 } }
            val service = alice.serviceOf("bob")
            val e = shouldThrow<IllegalArgumentException> { service.proxy<ManyProblems>() }
            e.message shouldStartWith "${ManyProblems::class.java.name} cannot describe a service: "
            e.message shouldContain "'a' would block"
            e.message shouldContain "'b' would block"
            e.message shouldContain "'c': it has a vararg"
        }

    @Test
    fun `an implementation is added as an interface, not as its class`() =
        withTwoClients { _, bob ->
            val e = shouldThrow<IllegalArgumentException> { bob.provide { implement(PlainCalculator()) } }
            e.message shouldContain
                "PlainCalculator is a class; name the interface of the service, as in implement<Calculator>(MyCalculator())"
        }

    @Test
    fun `members of two interfaces must not share a name`() =
        withTwoClients { _, bob ->
            val e =
                shouldThrow<IllegalArgumentException> {
                    bob.provide {
                        implement<Calculator>(PlainCalculator())
                        implement<Calculator>(PlainCalculator())
                    }
                }
            e.message shouldContain "two members are called 'add'"
        }

    private fun RemoteService.proxyOfAny(type: KClass<*>): Any = proxy(type)
}

private interface Wanting {
    val version: String
    val math: Calculator
    val maybe: Calculator?
    val nothing: Int?

    suspend fun present(): Int

    suspend fun first(): Int

    suspend fun second(): Int

    suspend fun added(): Int
}

private interface Versioned {
    val version: String
}

private interface Blocking1 {
    fun add(): Int
}

private interface Overloaded {
    suspend fun add(a: Int): Int

    suspend fun add(
        a: Int,
        b: Int,
    ): Int
}

private interface SameCount {
    suspend fun add(a: Int): Int

    suspend fun add(a: String): Int
}

private interface WithVararg {
    suspend fun add(vararg numbers: Int): Int
}

private interface GenericFunction {
    suspend fun <T> same(value: T): T
}

private interface Receiver {
    suspend fun Int.add(): Int
}

private interface Settable {
    var version: String
}

private interface JavaParent : Runnable {
    suspend fun add(): Int
}

private interface TwoOfAName {
    suspend fun a(): Int

    @RemoteName("a")
    suspend fun b(): Int
}

private interface Dotted {
    @RemoteName("math.add")
    suspend fun add(): Int
}

private interface BlockingResult {
    suspend fun f(): (Int) -> Int
}

private interface BlockingConstant {
    val f: (Int) -> Int
}

private interface LocalResult {
    suspend fun f(): LocalFunction
}

private interface BlockingInCallback {
    suspend fun f(callback: suspend ((Int) -> Unit) -> Unit)
}

private interface FunctionsInList {
    suspend fun f(list: List<suspend (Int) -> Unit>)
}

private typealias I = Int

private interface ManyParameters {
    suspend fun f(many: suspend (I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I) -> I)
}

private interface ManyProblems {
    fun a(): Int

    fun b(): Int

    suspend fun c(vararg numbers: Int)
}
