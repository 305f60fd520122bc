package io.hypha.rpc.jvm

import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.yield
import kotlinx.serialization.Serializable
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Value classes and type parameters: where the JVM sees other types than Kotlin. */
class TypedValueClassesTest {
    @Test
    fun `value classes go in and out, whatever they wrap`() =
        withTwoClients { alice, bob ->
            val wraps = typed<Wraps>(alice, bob, EchoingWraps())
            wraps.join(Label("a"), Label("b")) shouldBe Label("ab")
            wraps.join(Label("a"), null) shouldBe Label("anull")
            wraps.maybeName(Label("a")) shouldBe Label("a")
            wraps.maybeName(null).shouldBeNull()
            wraps.number(Tally(1), Tally(2)) shouldBe Tally(3)
            wraps.number(Tally(1), null) shouldBe Tally(1)
            wraps.maybeNumber(null).shouldBeNull()
            wraps.maybeNumber(Tally(4)) shouldBe Tally(4)
            wraps.unsigned(UInt.MAX_VALUE, 1u) shouldBe UInt.MAX_VALUE
            wraps.duration(2.seconds) shouldBe 4.seconds
            wraps.names(2u).toList() shouldBe listOf(Label("2"))
            wraps.longest shouldBe Label("longest")
            wraps.most shouldBe 7u
        }

    @Test
    fun `defaults of value classes are computed`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Wraps>(EchoingWraps()) }
            val service = alice.serviceOf("bob")
            service.call<UInt>("unsigned", 5) shouldBe 5u
            service.call<String>("join", "x") shouldBe "xd"
        }

    @Test
    fun `a value class that wraps null inside of another one, or as a type parameter, may be missing`() =
        withTwoClients { alice, bob ->
            val boxes = typed<Boxes>(alice, bob, EchoingBoxes())
            boxes.box(Box("a")) shouldBe Box("a")
            boxes.box(null).shouldBeNull()
            boxes.boxOfNull(Box(null)) shouldBe Box(null)
            boxes.crate(Crate(Slip("a"))) shouldBe Crate(Slip("a"))
            boxes.crate(null).shouldBeNull()
            boxes.fullCrate(Crate(Slip(null))) shouldBe Crate(Slip(null))
        }

    @Test
    fun `a type parameter is what a subinterface binds it to`() =
        withTwoClients { alice, bob ->
            val store = typed<SpotStore>(alice, bob, SpotsInMemory())
            store.put("a", Spot(1, 2)) shouldBe null
            store.put("a", Spot(3)) shouldBe Spot(1, 2)
            store.all() shouldBe mapOf("a" to Spot(3))
            store.stream().toList() shouldBe listOf(Spot(3))
        }

    @Test
    fun `a redeclared generic function is reached through both declarations`() =
        withTwoClients { alice, bob ->
            val store = typed<CountStore>(alice, bob, CountsInMemory())
            store.put("a", 1u)
            (store as Store<UInt>).put("a", 2u) shouldBe 1u
            store.put("a", 3u) shouldBe 2u
            store.stream().toList() shouldBe listOf(3u)
        }

    @Test
    fun `a generic interface can be bound where it is used`() =
        withTwoClients { alice, bob ->
            bob.provide { implement<Store<Spot>>(SpotsInMemory()) }
            val store = alice.serviceOf("bob").proxy<Store<Spot>>()
            store.put("b", Spot(1, 1))
            store.all() shouldBe mapOf("b" to Spot(1, 1))
        }
}

@JvmInline
@Serializable
internal value class Label(
    val text: String,
)

@JvmInline
@Serializable
internal value class Tally(
    val value: Int,
)

@JvmInline
@Serializable
internal value class Box<T>(
    val content: T,
)

@JvmInline
@Serializable
internal value class Slip(
    val text: String?,
)

@JvmInline
@Serializable
internal value class Crate(
    val slip: Slip,
)

private interface Boxes {
    suspend fun box(box: Box<String>?): Box<String>?

    suspend fun boxOfNull(box: Box<String?>): Box<String?>

    suspend fun crate(crate: Crate?): Crate?

    suspend fun fullCrate(crate: Crate): Crate
}

private class EchoingBoxes : Boxes {
    override suspend fun box(box: Box<String>?): Box<String>? = box

    override suspend fun boxOfNull(box: Box<String?>): Box<String?> = box.also { yield() }

    override suspend fun crate(crate: Crate?): Crate? = crate.also { yield() }

    override suspend fun fullCrate(crate: Crate): Crate = crate
}

private interface Wraps {
    val longest: Label
    val most: UInt

    suspend fun join(
        first: Label,
        second: Label? = Label("d"),
    ): Label

    suspend fun maybeName(name: Label?): Label?

    suspend fun number(
        first: Tally,
        second: Tally?,
    ): Tally

    suspend fun maybeNumber(number: Tally?): Tally?

    suspend fun unsigned(
        first: UInt,
        second: UInt = 1u,
    ): UInt

    suspend fun duration(duration: Duration): Duration

    fun names(n: UInt): Flow<Label>
}

/** Suspends before it answers, so that results also take the way through the continuation. */
private class EchoingWraps : Wraps {
    override val longest = Label("longest")
    override val most = 7u

    override suspend fun join(
        first: Label,
        second: Label?,
    ): Label {
        yield()
        return Label(first.text + second?.text)
    }

    override suspend fun maybeName(name: Label?): Label? {
        yield()
        return name
    }

    override suspend fun number(
        first: Tally,
        second: Tally?,
    ): Tally = Tally(first.value + (second?.value ?: 0))

    override suspend fun maybeNumber(number: Tally?): Tally? {
        yield()
        return number
    }

    override suspend fun unsigned(
        first: UInt,
        second: UInt,
    ): UInt {
        yield()
        return first * second
    }

    override suspend fun duration(duration: Duration): Duration = duration * 2

    override fun names(n: UInt): Flow<Label> = flowOf(Label("$n"))
}

internal interface Store<T> {
    suspend fun put(
        key: String,
        value: T,
    ): T?

    suspend fun all(): Map<String, T>

    fun stream(): Flow<T>
}

internal interface SpotStore : Store<Spot>

internal interface CountStore : Store<UInt> {
    override suspend fun put(
        key: String,
        value: UInt,
    ): UInt?
}

internal open class InMemory<T> : Store<T> {
    private val entries = LinkedHashMap<String, T>()

    override suspend fun put(
        key: String,
        value: T,
    ): T? = entries.put(key, value)

    override suspend fun all(): Map<String, T> = entries.toMap()

    override fun stream(): Flow<T> = entries.values.asFlow()
}

internal class SpotsInMemory :
    InMemory<Spot>(),
    SpotStore

internal class CountsInMemory :
    InMemory<UInt>(),
    CountStore
