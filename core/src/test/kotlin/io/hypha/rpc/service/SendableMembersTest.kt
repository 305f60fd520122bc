package io.hypha.rpc.service

import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.testing.expectResult
import io.hypha.rpc.testing.withManager
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.NDArray
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import org.junit.jupiter.api.Test

/** A service that its callers could not get, or not call, is refused when it is registered. */
class SendableMembersTest {
    private fun problemOf(build: ServiceBuilder.() -> Unit): String {
        var problem = ""
        withTwoClients { provider, _ ->
            problem = shouldThrow<IllegalArgumentException> { provider.registerService("odd", build = build) }.message.orEmpty()
            provider.services.none { it.id == "odd" } shouldBe true
        }
        return problem
    }

    @Test
    fun `a constant that cannot be sent is refused with its place`() {
        problemOf { group("inner") { value("lock", Thread.currentThread()) } } shouldContain "the constant odd.inner.lock cannot be sent: "
        problemOf { value("list", listOf(1, Any())) } shouldContain "the constant odd.list cannot be sent: [1]: "
    }

    @Test
    fun `a default of another type than its parameter is refused with the parameter and the function`() {
        problemOf { function("f", param("a", default = "x")) { a: Int -> a } } shouldBe
            "the default of the parameter 'a' of odd.f is not of the parameter's type"
        problemOf { group("math") { function("f", param("a", default = null)) { a: Int -> a } } } shouldBe
            "the default of the parameter 'a' of odd.math.f is not of the parameter's type, which cannot be null"
    }

    @Test
    fun `a parameter that cannot be received is refused with the function`() {
        val problem = problemOf { group("math") { function("f", param("a")) { a: Thread -> a.name } } }
        problem shouldContain "the parameter 'a' of odd.math.f cannot be received: "
        problem shouldContain "java.lang.Thread"
    }

    @Test
    fun `whatever can be sent may be a constant or a default`() =
        withManager { alice, manager ->
            val registering =
                async {
                    alice.registerService("even") {
                        visibility = Visibility.Public
                        value("callback", callback { a: Int -> a + 1 })
                        value("array", NDArray.of(doubleArrayOf(1.0, 2.0)))
                        function("none", param("a", default = null)) { a: String? -> a ?: "none" }
                        function("list", param("a", default = listOf(1, 2))) { a: List<Int> -> a.sum() }
                    }
                }
            manager.resolve(manager.expect(), null)
            registering.await()
            manager.call("services.even.none")
            manager.expectResult() shouldBe "none"
            manager.call("services.even.list")
            manager.expectResult() shouldBe 3L
        }
}
