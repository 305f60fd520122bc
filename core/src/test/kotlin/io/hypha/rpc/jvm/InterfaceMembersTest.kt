package io.hypha.rpc.jvm

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.service.Description
import io.hypha.rpc.service.ParamDescription
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.channels.Channel
import org.junit.jupiter.api.Test
import java.io.IOException

/** Members that are no plain calls: constants, groups, members with a body, names, and the methods of every object. */
class InterfaceMembersTest {
    @Test
    fun `properties are constants, converted to their types`() =
        withTwoClients { alice, bob ->
            val info = typed<Info>(alice, bob, ProvidedInfo())
            info.version shouldBe "1.0"
            info.sizes shouldBe listOf(1, 2)
            info.origin shouldBe Spot(3, 4)
            info.figure shouldBe Figure.Square(1.0)
            info.missing.shouldBeNull()
            info.spots shouldBe mapOf("a" to Spot(1))
        }

    @Test
    fun `properties whose type is an interface are groups`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Nested>(ProvidedNested()) }
            val service = alice.serviceOf("bob")
            service.functionNames() shouldBe listOf("top", "math.add", "math.count")
            val nested = service.proxy<Nested>()
            nested.top() shouldBe "top"
            nested.math.add(1, 2) shouldBe 3
            nested.absent.shouldBeNull()
            nested.math.toString() shouldBe "Calculator(svc.math)"
        }

    @Test
    fun `a property of a function type is a function of the service`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<WithFunction>(ProvidedFunction()) }
            val service = alice.serviceOf("bob")
            service.call<Int>("double", 4) shouldBe 8
            service.proxy<WithFunction>().double(5) shouldBe 10
        }

    @Test
    fun `a group that a service lacks is named, although the interface holds itself`() =
        withTwoClients { alice, bob ->
            bob.provide { group("child") { function("leaf") { 1 } } }
            val e = shouldThrow<MethodNotFoundException> { alice.serviceOf("bob").proxy<Endless>() }
            e.message shouldContain "it lacks the group 'child.child'. It has the functions child.leaf"
        }

    @Test
    fun `a function without a result may end in another one`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<TailCall>(TailCalling()) }
            alice.serviceOf("bob").proxy<TailCall>().send() shouldBe Unit
            alice.serviceOf("bob").call<Any?>("send") shouldBe null
        }

    @Test
    fun `members with a body run where they are called`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<WithBodies>(Overriding()) }
            val service = alice.serviceOf("bob")
            service.functionNames() shouldBe listOf("twice", "remoteBody")
            val proxy = service.proxy<WithBodies>()
            proxy.fourTimes(3) shouldBe 12
            proxy.greeting shouldBe "hello from here"
            proxy.sum(1, 2, 3) shouldBe 6
            proxy.remoteBody() shouldBe "from the provider"
            shouldThrow<IOException> { proxy.fails() }.message shouldBe "local"
        }

    @Test
    fun `a subinterface may give a member a body, or another one`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Calculator>(PlainCalculator()) }
            val proxy = alice.serviceOf("bob").proxy<Finished>()
            proxy.add(1, 2) shouldBe 3
            (proxy as Unfinished).question() shouldBe 42
            (proxy as Unfinished).motto shouldBe "finished"
            proxy.answer(1) shouldBe "1 in Finished"
        }

    @Test
    fun `bodies in a class of their own are found as well`() =
        withTwoClients { alice, bob ->
            val proxy =
                typed<WithOldBodies>(
                    alice,
                    bob,
                    object : WithOldBodies {
                        override suspend fun twice(n: Int): Int = 2 * n
                    },
                )
            proxy.fourTimes(3) shouldBe 12
            shouldThrow<IOException> { proxy.fails() }.message shouldBe "local"
            proxy.plain() shouldBe "plain"
        }

    @Test
    fun `defaults of an interface with a class for its bodies are computed`() =
        withTwoClients { alice, bob ->
            bob.provide {
                implement<WithOldBodies>(
                    object : WithOldBodies {
                        override suspend fun twice(n: Int): Int = 2 * n
                    },
                )
            }
            alice.serviceOf("bob").call<Int>("twice") shouldBe 42
        }

    @Test
    fun `names on the wire are those that are stated`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Named>(ProvidedNamed()) }
            val service = alice.serviceOf("bob")
            ("snake_case" in service.entries) shouldBe true
            service.value("the_version") shouldBe "2"
            service.call<String>("snake_case", kwargs = mapOf("from" to "x")) shouldBe "x"
            val named = service.proxy<Named>()
            named.snakeCase("y") shouldBe "y"
            named.version shouldBe "2"
        }

    @Test
    fun `arguments go by name where that is wanted`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function(
                    "one",
                    io.hypha.rpc.call
                        .param("b", default = 2),
                    io.hypha.rpc.call
                        .param("a", default = 1),
                ) { b: Int, a: Int ->
                    a -
                        b
                }
                function(
                    "all",
                    io.hypha.rpc.call
                        .param("b"),
                    io.hypha.rpc.call
                        .param("a"),
                ) { b: Int, a: Int -> a - b }
            }
            val service = alice.serviceOf("bob")
            service.proxy<OneByKeyword>().one(10, 3) shouldBe 7
            service.proxy<OneByKeyword>().all(10, 3) shouldBe -7
            service.proxy<AllByKeyword>().all(10, 3) shouldBe 7
        }

    @Test
    fun `a proxy is equal to itself, and says what it is`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Calculator>(PlainCalculator()) }
            val service: RemoteService = alice.serviceOf("bob")
            val proxy = service.proxy<Calculator>()
            proxy.toString() shouldBe "Calculator(svc)"
            proxy shouldBe proxy
            proxy.hashCode() shouldBe proxy.hashCode()
            proxy shouldNotBe service.proxy<Calculator>()
            setOf(proxy).contains(proxy) shouldBe true
        }

    @Test
    fun `descriptions and parameters become the schema`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Described>(ProvidedDescribed()) }
            val service = alice.serviceOf("bob")
            service.description shouldBe "Tells the weather"
            val schema = checkNotNull(service["forecast"].schema)
            schema["name"] shouldBe "forecast"
            schema["description"] shouldBe "The weather to come"
            val parameters = schema["parameters"] as Map<*, *>
            parameters["required"] shouldBe listOf("city")
            (parameters["properties"] as Map<*, *>).keys shouldBe setOf("city", "days")
            parameters["properties"].toString() shouldContain "description=Where"
            parameters["properties"].toString() shouldContain "integer"
            service.toString() shouldStartWith "RemoteService"
        }
}

private interface Info {
    val version: String
    val sizes: List<Int>
    val origin: Spot
    val figure: Figure
    val missing: String?
    val spots: Map<String, Spot>
}

private class ProvidedInfo : Info {
    override val version = "1.0"
    override val sizes = listOf(1, 2)
    override val origin = Spot(3, 4)
    override val figure: Figure = Figure.Square(1.0)
    override val missing: String? = null
    override val spots = mapOf("a" to Spot(1))
}

private interface Nested {
    val math: Calculator
    val absent: Calculator?

    suspend fun top(): String
}

private class ProvidedNested : Nested {
    override val math = PlainCalculator()
    override val absent: Calculator? = null

    override suspend fun top(): String = "top"
}

private interface WithFunction {
    val double: suspend (Int) -> Int
}

private class ProvidedFunction : WithFunction {
    override val double: suspend (Int) -> Int = { it * 2 }
}

private interface Endless {
    val child: Endless
}

private interface TailCall {
    suspend fun send()
}

private class TailCalling : TailCall {
    private val sink = Channel<Int>(Channel.UNLIMITED)

    override suspend fun send() = sink.send(1)
}

private interface WithBodies {
    val greeting: String get() = "hello from here"

    suspend fun twice(n: Int): Int

    suspend fun fourTimes(n: Int): Int = twice(twice(n))

    fun sum(vararg numbers: Int): Int = numbers.sum()

    @RemoteName("remoteBody")
    suspend fun remoteBody(): String = "from the interface"

    suspend fun fails(): String = throw IOException("local")
}

private class Overriding : WithBodies {
    override suspend fun twice(n: Int): Int = 2 * n

    override suspend fun remoteBody(): String = "from the provider"
}

private interface Unfinished : Calculator {
    val motto: String

    suspend fun question(): Int

    suspend fun answer(n: Int): String = "$n in Unfinished"
}

private interface Finished :
    Calculator,
    Unfinished {
    override val motto: String get() = "finished"

    override suspend fun question(): Int = 42

    override suspend fun answer(n: Int): String = "$n in Finished"
}

@JvmDefaultWithCompatibility
private interface WithOldBodies {
    suspend fun twice(n: Int = 21): Int

    suspend fun fourTimes(n: Int): Int = twice(twice(n))

    suspend fun fails(): String = throw IOException("local")

    fun plain(): String = "plain"
}

private interface Named {
    @RemoteName("the_version")
    val version: String

    @RemoteName("snake_case")
    suspend fun snakeCase(
        @RemoteName("from") source: String,
    ): String
}

private class ProvidedNamed : Named {
    override val version = "2"

    override suspend fun snakeCase(source: String): String = source
}

private interface OneByKeyword {
    @PassByKeyword
    suspend fun one(
        a: Int,
        b: Int,
    ): Int

    suspend fun all(
        a: Int,
        b: Int,
    ): Int
}

@PassByKeyword
private interface AllByKeyword {
    suspend fun all(
        a: Int,
        b: Int,
    ): Int
}

@Description("Tells the weather")
private interface Described {
    @Description("The weather to come")
    suspend fun forecast(
        @ParamDescription("Where") city: String,
        days: Int = 1,
    ): List<String>
}

private class ProvidedDescribed : Described {
    override suspend fun forecast(
        city: String,
        days: Int,
    ): List<String> = List(days) { city }
}
