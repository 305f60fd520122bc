package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Test

class CallsTest {
    private val calculator =
        io.hypha.rpc.service.service("calc") {
            function("add", param("a"), param("b", default = 2)) { a: Int, b: Int -> a + b }
            function("greet", param("name", "Whom to greet"), description = "Greets") { name: String? -> "Hello ${name ?: "nobody"}" }
            function("nothing") { }
            function("fail", param("message")) { message: String -> check(false) { message } }
            group("math") { function("mul", param("a"), param("b")) { a: Double, b: Double -> a * b } }
            value("version", "1.2")
        }

    @Test
    fun `arguments and results arrive in their types`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            calc.call<Int>("add", 1, 4) shouldBe 5
            calc["add"](1, 4) shouldBe 5L
            calc.call<Double>("math.mul", 1.5, 2) shouldBe 3.0
            calc.call<String>("greet", "John") shouldBe "Hello John"
            calc.value("version") shouldBe "1.2"
        }

    @Test
    fun `keywords bind by name, beside positional arguments and defaults`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            calc.call<Int>("add", kwargs = mapOf("b" to 5, "a" to 1)) shouldBe 6
            calc.call<Int>("add", 1, kwargs = mapOf("b" to 5)) shouldBe 6
            calc.call<Int>("add", 1) shouldBe 3
            calc.call<Int>("add", 1, null) shouldBe 3
            calc.call<String>("greet") shouldBe "Hello nobody"
        }

    @Test
    fun `a function without a result returns Unit, and nil without a type`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            calc.call<Unit>("nothing") shouldBe Unit
            calc["nothing"]() shouldBe null
        }

    @Test
    fun `arguments that do not fit are refused with their place and the connection lives on`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            shouldThrow<RemoteException> { calc.call<Int>("add", "one") }.message shouldContain "args[0]"
            shouldThrow<RemoteException> { calc.call<Int>("add", 1, 2, 3) }.message shouldContain "more arguments"
            shouldThrow<RemoteException> { calc.call<Int>("add") }.message shouldContain "misses its argument 'a'"
            shouldThrow<RemoteException> { calc.call<Int>("add", 1, kwargs = mapOf("c" to 5)) }.message shouldContain "no parameter 'c'"
            shouldThrow<RemoteException> { calc.call<Int>("add", 1, kwargs = mapOf("a" to 5)) }.message shouldContain "twice"
            calc.call<Int>("add", 1, 4) shouldBe 5
        }

    @Test
    fun `an argument that cannot be sent fails at the caller with its path`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            val failure = shouldThrow<EncodingException> { calc["add"](mapOf("image" to mapOf("meta" to Any()))) }
            failure.path shouldBe "args[0].image.meta"
        }

    @Test
    fun `a remote failure keeps its type, message and trace`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val failure = shouldThrow<RemoteException> { alice.getServiceOf("bob", "calc").call<Unit>("fail", "no luck") }
            failure.remoteType shouldBe "IllegalStateException"
            failure.remoteMessage shouldBe "no luck"
            failure.remoteTrace shouldContain "CallsTest"
        }

    @Test
    fun `a function that a service does not have is not found, here or there`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            shouldThrow<MethodNotFoundException> { calc["sub"] }.message shouldContain "it has add, greet"
            shouldThrow<io.hypha.rpc.ServiceNotFoundException> { alice.getServiceOf("bob", "nope") }
        }

    @Test
    fun `many calls at once each get their own result`() =
        withTwoClients { alice, bob ->
            bob.provideService(calculator)
            val calc = alice.getServiceOf("bob", "calc")
            (1..200).map { async { calc.call<Int>("add", it, it) } }.awaitAll() shouldBe (1..200).map { it * 2 }
        }
}
