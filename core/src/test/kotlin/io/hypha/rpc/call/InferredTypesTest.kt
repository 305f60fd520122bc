package io.hypha.rpc.call

import io.hypha.rpc.service.service
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** The compiler infers odd types for mixed collections; a handler that returns one works like any other. */
class InferredTypesTest {
    private val mixed =
        service("mixed") {
            function("serializable") { mapOf("data" to byteArrayOf(1, 2), "size" to 2, "name" to "x") }
            function("comparable") { listOf(1, "a", 2.5) }
            function("pairs") { mapOf("a" to listOf(1, "x"), "b" to setOf(true, 2)) }
            function("any") { listOf(1, mapOf("a" to null)) }
        }

    @Test
    fun `collections of mixed values are results`() =
        withTwoClients { alice, bob ->
            bob.provideService(mixed)
            val service = alice.getServiceOf("bob", "mixed")
            service["serializable"]() shouldBe mapOf("data" to Bytes(byteArrayOf(1, 2)), "size" to 2L, "name" to "x")
            service["comparable"]() shouldBe listOf(1L, "a", 2.5)
            service["pairs"]() shouldBe mapOf("a" to listOf(1L, "x"), "b" to setOf(true, 2L))
            service["any"]() shouldBe listOf(1L, mapOf("a" to null))
        }

    @Test
    fun `collections of mixed values are wanted results`() =
        withTwoClients { alice, bob ->
            bob.provideService(mixed)
            val service = alice.getServiceOf("bob", "mixed")
            service.call<List<Comparable<*>>>("comparable") shouldBe listOf(1L, "a", 2.5)
        }
}
