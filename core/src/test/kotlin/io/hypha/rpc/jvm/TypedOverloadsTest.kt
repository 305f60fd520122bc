package io.hypha.rpc.jvm

import io.hypha.rpc.call.param
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** Members of one name: those that override each other are one member, and all others are not. */
class TypedOverloadsTest {
    @Test
    fun `members with bodies may share a name, with each other and with one function of the service`() =
        withTwoClients { alice, bob ->
            val adder = typed<Adder>(alice, bob, PlainAdder())
            adder.add(1) shouldBe 2
            adder.add("2") shouldBe 3
            adder.add(listOf(1, 2)) shouldBe 5
            adder.show(1) shouldBe "number"
            adder.show("1") shouldBe "text"
        }

    @Test
    fun `a function with the name of one that every object has is told apart by its parameters`() =
        withTwoClients { alice, bob ->
            val comparing = typed<Comparing>(alice, bob, SizeComparing())
            comparing.equals(3) shouldBe true
            comparing.equals(4) shouldBe false
            (comparing == comparing) shouldBe true
        }

    @Test
    fun `a body for a bound type parameter runs for callers who know the generic declaration`() =
        withTwoClients { alice, bob ->
            bob.provide { function("size") { 1 } }
            val echo = alice.serviceOf("bob").proxy<TextEcho>()
            echo.echo("a") shouldBe "aa"
            (echo as Echo<String>).echo("b") shouldBe "bb"
            val labels = alice.serviceOf("bob").proxy<LabelEcho>()
            labels.echo(Label("a")) shouldBe Label("aa")
            (labels as Echo<Label>).echo(Label("b")) shouldBe Label("bb")
        }

    @Test
    fun `a function that is remote again is so for callers who know the generic declaration`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("size") { 1 }
                function("echo", param("value")) { value: String -> "remote $value" }
            }
            val echo = alice.serviceOf("bob").proxy<RemoteEcho>()
            echo.echo("a") shouldBe "remote a"
            (echo as Echo<String>).echo("b") shouldBe "remote b"
        }
}

private interface Adder {
    suspend fun add(a: String): Int = add(a.toInt())

    suspend fun add(a: Int): Int

    suspend fun add(a: List<Int>): Int = a.sumOf { add(it) }

    fun show(a: Int): String = "number"

    fun show(a: String): String = "text"
}

private class PlainAdder : Adder {
    override suspend fun add(a: Int): Int = a + 1
}

private interface Comparing {
    suspend fun equals(size: Int): Boolean
}

private class SizeComparing : Comparing {
    override suspend fun equals(size: Int): Boolean = size == 3
}

private interface Echo<T> {
    suspend fun size(): Int

    suspend fun echo(value: T): T
}

private interface TextEcho : Echo<String> {
    override suspend fun echo(value: String): String = value + value
}

private interface LabelEcho : Echo<Label> {
    override suspend fun echo(value: Label): Label = Label(value.text + value.text)
}

private interface RemoteEcho : TextEcho {
    override suspend fun echo(value: String): String
}
