package io.hypha.rpc.call

import io.hypha.rpc.service.Service
import io.hypha.rpc.service.service
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.OrderedMap
import io.hypha.rpc.value.RemoteError
import io.hypha.rpc.value.arg
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import kotlin.time.Instant

class ValueKindsTest {
    @Serializable
    private sealed interface Figure

    @Serializable
    @SerialName("circle")
    private data class Circle(
        val radius: Double,
    ) : Figure

    @Serializable
    private data class Report(
        val name: String,
        val counts: Map<String, Int> = emptyMap(),
        val image: NDArray? = null,
        val notify: RemoteFunction? = null,
    )

    private enum class Color { Red, Green }

    private val mirror: Service =
        service("mirror") {
            function("echo", param("value")) { value: Any? -> value }
            function("figure", param("figure")) { figure: Figure -> figure }
            function("report", param("report")) { report: Report ->
                report.notify?.call<Unit>(report.name)
                report.copy(name = report.name.uppercase(), notify = null)
            }
            function("color", param("color")) { color: Color -> color }
            function("bytes", param("data")) { data: ByteArray -> data.reversedArray() }
            function("doubles", param("data")) { data: DoubleArray -> data.sum() }
            function("instant", param("at")) { at: Instant -> at }
            function("table", param("table")) { table: Map<Int, String> -> table.entries.associate { it.value to it.key } }
            function("set", param("values")) { values: Set<Int> -> values + 1 }
        }

    @Test
    fun `plain values come back as they were`() =
        withTwoClients { alice, bob ->
            bob.provideService(mirror)
            val echo = alice.getServiceOf("bob", "mirror")["echo"]
            val values =
                listOf(
                    null,
                    true,
                    0L,
                    -1L,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    ULong.MAX_VALUE,
                    1.5,
                    -0.0,
                    Double.MIN_VALUE,
                    Double.NEGATIVE_INFINITY,
                ) +
                    listOf("", "text", "grüße \uD83D\uDE00", Bytes(byteArrayOf(1, 2)), emptyList<Any?>(), emptyMap<String, Any?>()) +
                    listOf(listOf(1L, listOf("a", null)), mapOf("b" to 1L, "a" to mapOf("c" to listOf(true))))
            for (value in values) withClue(value) { echo(value) shouldBe value }
            echo(Double.NaN).shouldBeInstanceOf<Double>().isNaN() shouldBe true
        }

    @Test
    fun `values with a form of their own come back as their types`() =
        withTwoClients { alice, bob ->
            bob.provideService(mirror)
            val echo = alice.getServiceOf("bob", "mirror")["echo"]
            echo(setOf("a", 1L)) shouldBe setOf("a", 1L)
            echo(mapOf(1 to "one")).shouldBeInstanceOf<OrderedMap>()
            echo(RemoteError("ValueError: no", "trace")) shouldBe RemoteError("ValueError: no", "trace")
            val array = echo(NDArray.of(floatArrayOf(1f, 2f, 3f))).shouldBeInstanceOf<NDArray>()
            array.toFloatArray().toList() shouldBe listOf(1f, 2f, 3f)
            echo(mapOf("_rtype" to "something", "x" to 1L)) shouldBe mapOf("_rtype" to "something", "x" to 1L)
        }

    @Test
    fun `typed parameters and results of every kind meet`() =
        withTwoClients { alice, bob ->
            bob.provideService(mirror)
            val mirror = alice.getServiceOf("bob", "mirror")
            mirror.call<Figure>("figure", arg<Figure>(Circle(2.0))) shouldBe Circle(2.0)
            mirror.call<Color>("color", Color.Green) shouldBe Color.Green
            mirror.call<ByteArray>("bytes", byteArrayOf(1, 2, 3)).toList() shouldBe listOf<Byte>(3, 2, 1)
            mirror.call<Double>("doubles", doubleArrayOf(1.0, 2.5)) shouldBe 3.5
            mirror.call<Double>("doubles", listOf(1, 2)) shouldBe 3.0
            val noon = Instant.parse("2025-06-01T12:00:00Z")
            mirror.call<Instant>("instant", noon) shouldBe noon
            mirror.call<Map<String, Int>>("table", mapOf(1 to "one")) shouldBe mapOf("one" to 1)
            mirror.call<Set<Int>>("set", setOf(5)) shouldBe setOf(1, 5)
        }

    @Test
    fun `a function may be a member of a class that is passed`() =
        withTwoClients { alice, bob ->
            bob.provideService(mirror)
            val seen = ArrayList<String>()
            val notify = callback { name: String -> seen.add(name).let { } }
            val argument = mapOf("name" to "june", "counts" to mapOf("a" to 1), "image" to doubleArrayOf(1.0), "notify" to notify)
            val report = alice.getServiceOf("bob", "mirror").call<Report>("report", argument)
            report.name shouldBe "JUNE"
            report.counts shouldBe mapOf("a" to 1)
            report.image?.toDoubleArray()?.toList() shouldBe listOf(1.0)
            seen shouldBe listOf("june")
        }
}
