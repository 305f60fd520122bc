package io.hypha.rpc.call

import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.value.NDArray
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.flow.zip
import kotlinx.serialization.Contextual
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

class StreamsTest {
    @Serializable
    private data class Reading(
        val sensor: String,
        @SerialName("v") val value: Double,
    )

    @Serializable
    private class Recording(
        val name: String,
        @Contextual val readings: Flow<Reading>,
        val marks: List<@Contextual Flow<Int>>,
    )

    @Test
    fun `items arrive in order and then the stream ends`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function(
                    "count",
                    param("from"),
                    param("to"),
                ) { from: Int, to: Int -> flow { for (i in from until to) emit(i) } }
            }
            alice.serviceOf("bob").stream<Int>("count", 3, 103).toList() shouldBe (3 until 103).toList()
        }

    @Test
    fun `an empty stream ends at once`() =
        withTwoClients { alice, bob ->
            bob.provide { function("nothing") { emptyFlow<Int>() } }
            alice
                .serviceOf("bob")
                .stream<Int>("nothing")
                .toList()
                .shouldBeEmpty()
        }

    @Test
    fun `without a type items are what they are, nil among them`() =
        withTwoClients { alice, bob ->
            val items = listOf("text", null, 2L, listOf(true), mapOf("key" to 1.5), NDArray.of(floatArrayOf(1f, 2f)))
            bob.provide { function("mixed") { items.asFlowOfAny() } }
            alice.serviceOf("bob").stream<Any?>("mixed").toList() shouldBe items
            val untyped = alice.serviceOf("bob")["mixed"]() as Flow<*>
            untyped.toList() shouldBe items
        }

    private fun List<Any?>.asFlowOfAny(): Flow<Any?> = flow { forEach { emit(it) } }

    @Test
    fun `items are written and read in the type of the stream`() =
        withTwoClients { alice, bob ->
            bob.provide { function("readings") { flowOf(Reading("a", 1.5), Reading("b", -0.0)) } }
            val service = alice.serviceOf("bob")
            service.stream<Reading>("readings").toList() shouldBe listOf(Reading("a", 1.5), Reading("b", -0.0))
            service.stream<Any?>("readings").toList().first() shouldBe mapOf("sensor" to "a", "v" to 1.5)
        }

    @Test
    fun `an item that does not fit the wanted type fails the collector with its place`() =
        withTwoClients { alice, bob ->
            bob.provide { function("texts") { flowOf("one", "two") } }
            val failure = shouldThrow<io.hypha.rpc.EncodingException> { alice.serviceOf("bob").stream<Int>("texts").toList() }
            failure.path shouldBe "result"
        }

    @Test
    fun `streams may be members of classes and of lists`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("record") { Recording("r", flowOf(Reading("a", 1.0)), listOf(flowOf(1, 2), flowOf(3))) }
            }
            val recording = alice.serviceOf("bob").call<Recording>("record")
            recording.name shouldBe "r"
            recording.marks[1].toList() shouldBe listOf(3)
            recording.readings.toList() shouldBe listOf(Reading("a", 1.0))
            recording.marks[0].toList() shouldBe listOf(1, 2)
        }

    @Test
    fun `a stream of streams is collected from the inside out`() =
        withTwoClients { alice, bob ->
            bob.provide { function("rows") { flowOf(flowOf(1, 2), flowOf(3)) } }
            val rows =
                alice
                    .serviceOf("bob")
                    .stream<Flow<Int>>("rows")
                    .map { it.toList() }
                    .toList()
            rows shouldBe listOf(listOf(1, 2), listOf(3))
        }

    @Test
    fun `a failure arrives after the items before it, with its type and message`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("breaks") {
                    flow {
                        emit(1)
                        emit(2)
                        error("worn out")
                    }
                }
            }
            val seen = mutableListOf<Int>()
            val failure = shouldThrow<RemoteException> { alice.serviceOf("bob").stream<Int>("breaks").collect { seen += it } }
            seen shouldBe listOf(1, 2)
            failure.remoteType shouldBe "IllegalStateException"
            failure.remoteMessage shouldBe "worn out"
        }

    @Test
    fun `an item that cannot be sent is a failure of the stream`() =
        withTwoClients { alice, bob ->
            bob.provide { function("odd") { listOf(1, Any()).asFlowOfAny() } }
            val seen = mutableListOf<Any?>()
            shouldThrow<RemoteException> { alice.serviceOf("bob").stream<Any?>("odd").collect { seen += it } }
            seen shouldBe listOf(1L)
        }

    @Test
    fun `slow items keep their call alive by heartbeats`() =
        withTwoClients { alice, bob ->
            bob.provide {
                function("slow") {
                    flow {
                        delay(3.minutes)
                        emit(1)
                        delay(3.minutes)
                    }
                }
            }
            alice.serviceOf("bob").stream<Int>("slow").toList() shouldBe listOf(1)
        }

    @Test
    fun `stream calls the function anew for every collector`() =
        withTwoClients { alice, bob ->
            var calls = 0
            bob.provide { function("count") { calls.let { flowOf(++calls, -1) } } }
            val numbers = alice.serviceOf("bob").stream<Int>("count")
            calls shouldBe 0
            numbers.toList() shouldBe listOf(1, -1)
            numbers.toList() shouldBe listOf(2, -1)
        }

    @Test
    fun `the stream of one result can be collected only once, and says so`() =
        withTwoClients { alice, bob ->
            bob.provide { function("count") { flowOf(1, 2) } }
            val numbers = alice.serviceOf("bob").call<Flow<Int>>("count")
            numbers.toList() shouldBe listOf(1, 2)
            shouldThrow<IllegalStateException> { numbers.toList() }.message shouldContain "collected only once"
        }

    @Test
    fun `several streams of one client are collected side by side`() =
        withTwoClients { alice, bob ->
            bob.provide { function("count", param("step")) { step: Int -> flow { repeat(50) { emit(it * step) } } } }
            val service = alice.serviceOf("bob")
            val sums = service.stream<Int>("count", 1).zip(service.stream<Int>("count", 10)) { a, b -> a + b }
            sums.toList() shouldBe (0 until 50).map { it * 11 }
        }
}
