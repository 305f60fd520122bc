package io.hypha.rpc.call

import io.hypha.rpc.RemoteException
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.testing.withWatchedClients
import io.hypha.rpc.value.arg
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runCurrent
import kotlinx.serialization.Contextual
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

@OptIn(ExperimentalCoroutinesApi::class)
class StreamArgumentsTest {
    @Serializable
    private data class Point(
        val x: Int,
        val y: Int,
    )

    @Serializable
    private class Path(
        val name: String,
        @Contextual val points: Flow<Point>,
    )

    @Test
    fun `a stream as an argument is collected by the other side while the call runs`() =
        withTwoClients { alice, bob ->
            bob.provide { function("sum", param("numbers")) { numbers: Flow<Int> -> numbers.fold(0) { a, b -> a + b } } }
            alice.serviceOf("bob").call<Int>("sum", flow { for (i in 1..100) emit(i) }) shouldBe 5050
        }

    @Test
    fun `without a type the items of an argument are what they are`() =
        withTwoClients { alice, bob ->
            bob.provide { function("list", param("items")) { items: Any? -> (items as Flow<*>).toList() } }
            val items = listOf("text", null, 2L, mapOf("key" to true))
            alice.serviceOf("bob")["list"](flow { items.forEach { emit(it) } }) shouldBe items
        }

    @Test
    fun `items of an argument are written in the type that arg states and read in that of the parameter`() =
        withTwoClients { alice, bob ->
            bob.provide { function("far", param("points")) { points: Flow<Point> -> points.toList().maxBy { it.x } } }
            val points = flowOf(Point(1, 2), Point(3, 4))
            alice.serviceOf("bob").call<Point>("far", arg<Flow<Point>>(points)) shouldBe Point(3, 4)
            alice.serviceOf("bob").call<Point>("far", points) shouldBe Point(3, 4)
        }

    @Test
    fun `a stream travels as a member of a class`() =
        withTwoClients { alice, bob ->
            bob.provide { function("length", param("path")) { path: Path -> "${path.name}${path.points.toList().size}" } }
            alice.serviceOf("bob").call<String>("length", Path("p", flowOf(Point(0, 0), Point(1, 1)))) shouldBe "p2"
        }

    @Test
    fun `exactly the items that the handler asked for are made, and the rest is closed`() =
        withTwoClients { alice, bob ->
            val steps = mutableListOf<String>()
            bob.provide { function("two", param("numbers")) { numbers: Flow<Int> -> numbers.take(2).toList() } }
            val numbers =
                flow {
                    try {
                        for (i in 0..9) {
                            steps += "made $i"
                            emit(i)
                        }
                    } finally {
                        steps += "closed"
                    }
                }
            alice.serviceOf("bob").call<List<Int>>("two", numbers) shouldBe listOf(0, 1)
            runCurrent()
            steps shouldContainExactly listOf("made 0", "made 1", "closed")
        }

    @Test
    fun `a stream that the handler did not finish ends with the call`() =
        withTwoClients { alice, bob ->
            var isClosed = false
            bob.provide {
                function("leave", param("numbers")) { numbers: Flow<Int> ->
                    numbers.collect {
                        if (it == 1) error("enough")
                    }
                }
            }
            val numbers =
                flow {
                    try {
                        emit(1)
                        awaitCancellation()
                    } finally {
                        isClosed = true
                    }
                }
            shouldThrow<RemoteException> { alice.serviceOf("bob").call<Unit>("leave", numbers) }.remoteMessage shouldBe "enough"
            runCurrent()
            isClosed shouldBe true
        }

    @Test
    fun `a failure of the argument reaches the handler after the items before it`() =
        withTwoClients { alice, bob ->
            val seen = mutableListOf<Int>()
            bob.provide {
                function("read", param("numbers")) { numbers: Flow<Int> ->
                    try {
                        numbers.collect { seen += it }
                        "all"
                    } catch (e: RemoteException) {
                        "${e.remoteType}: ${e.remoteMessage}"
                    }
                }
            }
            val numbers =
                flow {
                    emit(1)
                    throw ArithmeticException("overflow")
                }
            alice.serviceOf("bob").call<String>("read", numbers) shouldBe "ArithmeticException: overflow"
            seen shouldBe listOf(1)
        }

    @Test
    fun `a stream can be turned into another one item by item`() =
        withTwoClients { alice, bob ->
            bob.provide { function("double", param("numbers")) { numbers: Flow<Int> -> numbers.map { it * 2 }.toList() } }
            alice.serviceOf("bob").call<List<Int>>("double", flowOf(1, 2, 3)) shouldBe listOf(2, 4, 6)
        }

    @Test
    fun `a slow argument keeps the call of the one and the waiting of the other alive`() =
        withTwoClients { alice, bob ->
            bob.provide { function("list", param("numbers")) { numbers: Flow<Int> -> numbers.toList() } }
            val numbers =
                flow {
                    delay(5.minutes)
                    emit(1)
                    delay(5.minutes)
                }
            alice.serviceOf("bob").call<List<Int>>("list", numbers) shouldBe listOf(1)
        }

    @Test
    fun `requests for items name the session of the call as their parent`() =
        withWatchedClients { alice, bob ->
            bob.connection.provide { function("list", param("numbers")) { numbers: Flow<Int> -> numbers.toList() } }
            val service = alice.connection.serviceOf("bob")
            service.call<List<Int>>("list", flowOf(1, 2))
            val session =
                alice.link.sent
                    .last { it.method == "services.svc.list" }
                    .session
            val requests = bob.link.sent.filter { it.method.endsWith("#stream") }
            requests.map { it.main["parent"] } shouldBe listOf(session, session, session)
            requests.all { it.method.startsWith("$session.") } shouldBe true
        }
}
