package io.hypha.rpc.connection

import io.hypha.rpc.transport.Urgency
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** Which of the messages that wait is the next. */
class TurnsTest {
    private val turns = Turns()
    private val names = HashMap<Waiter, String>()

    private fun add(
        name: String,
        urgency: Urgency = Urgency.Ordinary,
        hadTurn: Boolean = false,
    ): Waiter {
        val waiter = Waiter(name.takeWhile { it.isLetter() }, urgency, 1)
        waiter.hadTurn = hadTurn
        names[waiter] = name
        turns.add(waiter)
        return waiter
    }

    private fun add(vararg names: String) = names.forEach { add(it) }

    private fun next(): Waiter? = if (turns.areBeatsLast) turns.nextOther ?: turns.nextBeat else turns.nextBeat ?: turns.nextOther

    private fun takeAll(): List<String> =
        generateSequence { next()?.also { turns.remove(it, hasTurn = true) } }.map(names::getValue).toList()

    @Test
    fun `lanes take turns, and within a lane the first comes first`() {
        add("a1", "a2", "a3", "b1", "c1", "c2")
        takeAll() shouldContainExactly listOf("a1", "b1", "c1", "a2", "c2", "a3")
        turns.size shouldBe 0
    }

    @Test
    fun `a lane that comes later has its first turn after those that are there`() {
        add("a1", "a2", "b1", "b2")
        turns.remove(next()!!, hasTurn = true)
        add("c1")
        takeAll() shouldContainExactly listOf("b1", "a2", "c1", "b2")
    }

    @Test
    fun `beats go first, what restores a client next`() {
        add("a1")
        add("r1", Urgency.Restoration)
        add("beat1", Urgency.Beat)
        add("r2", Urgency.Restoration)
        add("beat2", Urgency.Beat)
        takeAll() shouldContainExactly listOf("beat1", "beat2", "r1", "r2", "a1")
    }

    @Test
    fun `beats without end leave every ninth turn to the others`() {
        add("a1", "b1")
        repeat(30) { add("beat$it", Urgency.Beat) }
        val order = takeAll()
        order.indexOf("a1") shouldBe 8
        order.indexOf("b1") shouldBe 17
    }

    @Test
    fun `beats take turns by lane as well`() {
        listOf("a1", "a2", "a3", "b1").forEach { add(it, Urgency.Beat) }
        takeAll() shouldContainExactly listOf("a1", "b1", "a2", "a3")
    }

    @Test
    fun `one that gives up leaves at once, wherever it stands`() {
        add("a1")
        val middle = add("a2")
        add("a3", "b1")
        val only = add("c1")
        turns.remove(middle, hasTurn = false)
        turns.remove(only, hasTurn = false)
        turns.remove(only, hasTurn = false)
        turns.size shouldBe 3
        takeAll() shouldContainExactly listOf("a1", "b1", "a3")
    }

    @Test
    fun `giving up does not cost the lane its turn`() {
        val first = add("a1")
        add("a2", "b1")
        turns.remove(first, hasTurn = false)
        takeAll() shouldContainExactly listOf("a2", "b1")
    }

    @Test
    fun `those that had their turn come back in front, in their order`() {
        add("a3", "a4")
        add("a1", hadTurn = true)
        add("a2", hadTurn = true)
        takeAll() shouldContainExactly listOf("a1", "a2", "a3", "a4")
    }

    @Test
    fun `the eldest is the first that came`() {
        add("a1")
        add("beat1", Urgency.Beat)
        names[turns.eldest?.value] shouldBe "a1"
        turns.remove(turns.eldest!!.value, hasTurn = true)
        names[turns.eldest?.value] shouldBe "beat1"
    }
}
