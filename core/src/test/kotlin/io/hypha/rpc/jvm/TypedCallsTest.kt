package io.hypha.rpc.jvm

import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Test

/** Calls from a proxy to an implementation: what is passed, and what comes back. */
class TypedCallsTest {
    @Test
    fun `a proxy calls an implementation`() =
        withTwoClients { alice, bob ->
            val calculator = typed<Calculator>(alice, bob, PlainCalculator())
            calculator.add(2, 3) shouldBe 5
            calculator.count(4).toList() shouldBe listOf(0, 1, 2, 3)
        }

    @Test
    fun `the compiler fills in defaults at the caller`() =
        withTwoClients { alice, bob -> typed<Calculator>(alice, bob, PlainCalculator()).add(1) shouldBe 11 }

    @Test
    fun `an implementation computes the defaults that callers leave out`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Calculator>(PlainCalculator()) }
            val service = alice.serviceOf("bob")
            service.call<Int>("add", 1) shouldBe 11
            service.call<Int>("add", 1, null) shouldBe 11
            service.call<Int>("add", 1, 2) shouldBe 3
            service.call<Int>("add", kwargs = mapOf("a" to 5)) shouldBe 15
            service.call<Int>("add", kwargs = mapOf("b" to 1, "a" to 5)) shouldBe 6
            shouldThrow<RemoteException> { service.call<Int>("add") }.remoteMessage shouldContain "misses its argument 'a'"
        }

    @Test
    fun `each collector of a stream makes a call, and leaving early ends it`() =
        withTwoClients { alice, bob ->
            val numbers = typed<Calculator>(alice, bob, PlainCalculator()).count(1_000)
            numbers.take(2).toList() shouldBe listOf(0, 1)
            numbers.take(3).toList() shouldBe listOf(0, 1, 2)
        }

    @Test
    fun `values of all kinds arrive as what they were`() =
        withTwoClients { alice, bob ->
            val values = typed<Values>(alice, bob, EchoingValues())
            values.nullable(null).shouldBeNull()
            values.nullable("a") shouldBe "a"
            values.spots(listOf(Spot(1, 2), Spot(3))) shouldBe listOf(Spot(3), Spot(1, 2))
            values.table(mapOf("a" to listOf(1, 2))) shouldBe mapOf("a" to listOf(1, 2))
            values.shape(Figure.Circle(2.0)) shouldBe Figure.Square(2.0)
            values.anything(listOf(1, "a")) shouldBe listOf(1L, "a")
            values.bytes(byteArrayOf(1, 2)).toList() shouldBe listOf<Byte>(1, 2)
            values.texts(arrayOf("a", "b")).toList() shouldBe listOf("b", "a")
            values.sum(flowOf(1, 2, 3)) shouldBe 6
            values.nothing(7)
        }

    @Test
    fun `a suspending function may return a stream`() =
        withTwoClients { alice, bob -> typed<Values>(alice, bob, EchoingValues()).open(3).toList() shouldBe listOf("0", "1", "2") }

    @Test
    fun `many defaults need more than one word of bits`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Many>(object : Many {}) }
            alice.serviceOf("bob").call<Int>("sum", kwargs = mapOf("p0" to 5, "p33" to 5)) shouldBe 32 + 10
        }

    @Test
    fun `a default may use other parameters and the implementation`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Chained>(ChainedFrom(100)) }
            alice.serviceOf("bob").call<List<Int>>("chain", 1) shouldBe listOf(1, 2, 101)
            alice.serviceOf("bob").call<List<Int>>("chain", 1, 7) shouldBe listOf(1, 7, 106)
        }

    @Test
    fun `a group of another interface can be mixed with other members`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("hello") { "hello" }
                implement<Calculator>(PlainCalculator())
                group("more") { implement<Calculator>(PlainCalculator()) }
            }
            val service = alice.serviceOf("bob")
            service.call<String>("hello") shouldBe "hello"
            service.call<Int>("more.add", 1, 2) shouldBe 3
            service.proxy(Calculator::class).add(3, 4) shouldBe 7
        }
}

@kotlinx.serialization.Serializable
internal sealed interface Figure {
    @kotlinx.serialization.Serializable
    data class Circle(
        val radius: Double,
    ) : Figure

    @kotlinx.serialization.Serializable
    data class Square(
        val side: Double,
    ) : Figure
}

private interface Values {
    suspend fun nullable(text: String?): String?

    suspend fun spots(spots: List<Spot>): List<Spot>

    suspend fun table(table: Map<String, List<Int>>): Map<String, List<Int>>

    suspend fun shape(figure: Figure): Figure

    suspend fun anything(value: Any?): Any?

    suspend fun bytes(bytes: ByteArray): ByteArray

    suspend fun texts(texts: Array<String>): Array<String>

    suspend fun sum(numbers: Flow<Int>): Int

    suspend fun nothing(number: Int)

    suspend fun open(n: Int): Flow<String>
}

private class EchoingValues : Values {
    override suspend fun nullable(text: String?): String? = text

    override suspend fun spots(spots: List<Spot>): List<Spot> = spots.reversed()

    override suspend fun table(table: Map<String, List<Int>>): Map<String, List<Int>> = table

    override suspend fun shape(figure: Figure): Figure = Figure.Square((figure as Figure.Circle).radius)

    override suspend fun anything(value: Any?): Any? = value

    override suspend fun bytes(bytes: ByteArray): ByteArray = bytes

    override suspend fun texts(texts: Array<String>): Array<String> = texts.reversedArray()

    override suspend fun sum(numbers: Flow<Int>): Int = numbers.toList().sum()

    override suspend fun nothing(number: Int) = Unit

    override suspend fun open(n: Int): Flow<String> = if (n == 0) emptyFlow() else flowOf(*Array(n) { "$it" })
}

private interface Many {
    @RemoteName("sum")
    @Suppress("LongParameterList")
    suspend fun sum(
        p0: Int = 1,
        p1: Int = 1,
        p2: Int = 1,
        p3: Int = 1,
        p4: Int = 1,
        p5: Int = 1,
        p6: Int = 1,
        p7: Int = 1,
        p8: Int = 1,
        p9: Int = 1,
        p10: Int = 1,
        p11: Int = 1,
        p12: Int = 1,
        p13: Int = 1,
        p14: Int = 1,
        p15: Int = 1,
        p16: Int = 1,
        p17: Int = 1,
        p18: Int = 1,
        p19: Int = 1,
        p20: Int = 1,
        p21: Int = 1,
        p22: Int = 1,
        p23: Int = 1,
        p24: Int = 1,
        p25: Int = 1,
        p26: Int = 1,
        p27: Int = 1,
        p28: Int = 1,
        p29: Int = 1,
        p30: Int = 1,
        p31: Int = 1,
        p32: Int = 1,
        p33: Int = 1,
    ): Int =
        p0 + p1 + p2 + p3 + p4 + p5 + p6 + p7 + p8 + p9 + p10 + p11 + p12 + p13 + p14 + p15 + p16 + p17 + p18 + p19 + p20 + p21 + p22 +
            p23 + p24 + p25 + p26 + p27 + p28 + p29 + p30 + p31 + p32 + p33
}

private interface Chained {
    val base: Int

    suspend fun chain(
        a: Int,
        b: Int = a + 1,
        c: Int = base + b - a,
    ): List<Int>
}

private class ChainedFrom(
    override val base: Int,
) : Chained {
    override suspend fun chain(
        a: Int,
        b: Int,
        c: Int,
    ): List<Int> = listOf(a, b, c)
}
