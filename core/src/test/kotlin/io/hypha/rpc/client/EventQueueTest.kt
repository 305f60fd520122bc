package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test

/** Events that wait are bounded, by their number and by their bytes. */
@OptIn(ExperimentalCoroutinesApi::class)
class EventQueueTest {
    private val logged = ArrayList<String>()
    private val queue =
        EventQueue<Int>(HyphaLogger { _, message, _ -> logged += message }, "numbers", {
            if (it % 2 ==
                0
            ) {
                "even"
            } else {
                "odd"
            }
        }) { it }

    private suspend fun rest(): List<Int> {
        queue.close()
        return buildList { while (true) add(queue.next() ?: break) }
    }

    @Test
    fun `the oldest of too many are dropped, and the log says so twice`() =
        runTest {
            repeat(EventQueue.MAX_COUNT + 3) { queue.offer(2 * it) }
            rest() shouldBe List(EventQueue.MAX_COUNT) { 2 * it + 6 }
            logged.size shouldBe 2
            logged[0] shouldContain "numbers: more than 1024 or 67108864 bytes wait"
            logged[1] shouldBe "numbers: 3 were dropped"
        }

    @Test
    fun `who floods loses its own, by number and by bytes`() =
        runTest {
            queue.offer(1)
            queue.offer(3)
            repeat(EventQueue.MAX_COUNT * 2) { queue.offer(2 * it) }
            queue.next() shouldBe 1
            queue.next() shouldBe 3
            repeat(10) { queue.offer((EventQueue.MAX_BYTES / 4).toInt()) }
            queue.offer(5)
            rest().last() shouldBe 5
        }

    @Test
    fun `as many as needed are dropped to make room for a large one`() =
        runTest {
            val quarter = (EventQueue.MAX_BYTES / 4).toInt()
            repeat(4) { queue.offer(quarter) }
            logged.size shouldBe 0
            queue.offer(quarter + 1)
            rest() shouldBe listOf(quarter, quarter, quarter + 1)
        }

    @Test
    fun `one item may always wait, however large`() =
        runTest {
            queue.offer(1)
            queue.offer(Int.MAX_VALUE)
            rest() shouldBe listOf(Int.MAX_VALUE)
        }

    @Test
    fun `bytes that were read make room again`() =
        runTest {
            val half = (EventQueue.MAX_BYTES / 2).toInt()
            repeat(10) {
                queue.offer(half)
                queue.offer(half)
                queue.next() shouldBe half
                queue.next() shouldBe half
            }
            logged.size shouldBe 0
        }

    @Test
    fun `a reader waits for what comes, until the queue is closed`() =
        runTest {
            val read = async { listOf(queue.next(), queue.next(), queue.next()) }
            runCurrent()
            queue.offer(1)
            runCurrent()
            queue.offer(2)
            queue.close()
            queue.offer(3)
            read.await() shouldBe listOf(1, 2, null)
        }
}
