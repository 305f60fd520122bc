package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Departure
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class SendQueueTest {
    /** A link that writes down the names of the messages that it takes, and when; its [behaviour] may wait or throw. */
    private class NamingLink(
        private val test: TestScope,
        rate: Double = 0.0,
        burst: Int = 0,
        var behaviour: suspend (name: String) -> Unit = { },
    ) : Link {
        val taken = ArrayList<String>()
        val times = ArrayList<Long>()

        override val info =
            ConnectionInfo(
                JsonObject(infoOf("a").entries + mapOf("message_rate" to JsonPrimitive(rate), "message_burst" to JsonPrimitive(burst))),
            )
        override val connectionType = "test"

        override suspend fun receive(): LinkEvent = awaitCancellation()

        override suspend fun send(message: ByteChain) {
            val name =
                message
                    .toByteArray()
                    .takeWhile { it != 0.toByte() }
                    .map { it.toInt().toChar() }
                    .joinToString("")
            behaviour(name)
            taken += name
            times += test.currentTime
        }

        /** Answers pings, unless it is told not to. */
        var onPing: () -> Unit = { }

        val measured = MeasuredLink(this, test.testScheduler.timeSource)

        override suspend fun control(message: ControlMessage) = onPing()

        override fun close(reason: String) = Unit
    }

    private class Fate : Departure {
        override var mayHaveLeft = false
        var callOff = { }

        override fun onWaiting(callOff: () -> Unit) {
            this.callOff = callOff
        }
    }

    private fun frame(
        name: String,
        size: Int = 20,
    ): ByteChain {
        val out = MsgPackWriter()
        out.writeRaw(Bytes(name.encodeToByteArray().copyOf(size)))
        return out.finish()
    }

    private fun TestScope.queue(
        patience: Duration = 60.seconds,
        rate: Double? = null,
        burst: Int? = null,
    ) = SendQueue(
        ConnectionSettings(reconnectWait = patience, messageRate = rate, messageBurst = burst, timeSource = testScheduler.timeSource),
        backgroundScope,
    )

    private fun SendQueue.answering(link: NamingLink): MeasuredLink {
        link.onPing = {
            link.measured.answered()
            review()
        }
        return link.measured
    }

    private fun SendQueue.open(link: NamingLink) = open(answering(link))

    private fun SendQueue.restore(link: NamingLink) = restore(answering(link))

    /** Begins to send [name], whose letters are its lane. */
    private fun TestScope.sending(
        queue: SendQueue,
        name: String,
        urgency: Urgency = Urgency.Ordinary,
        size: Int = 20,
        fate: Departure? = null,
    ): Deferred<Result<Unit>> =
        async(start = CoroutineStart.UNDISPATCHED) {
            runCatching { queue.send(frame(name, size), name.takeWhile { it.isLetter() }, urgency, fate) }
        }

    private fun Deferred<Result<Unit>>.failure() = getCompleted().exceptionOrNull()

    @Test
    fun `with nothing in the way a message leaves before send first suspends`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue().apply { open(link) }
            sending(queue, "a1").isCompleted shouldBe true
            link.taken shouldContainExactly listOf("a1")
        }

    @Test
    fun `without tokens messages wait, and leave as evenly as the server fills its bucket`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 100.0, burst = 2).apply { open(link) }
            val all = List(6) { sending(queue, "a$it") }
            queue.queued shouldBe 4
            advanceTimeBy(1.seconds)
            all.all { it.isCompleted } shouldBe true
            link.times shouldContainExactly listOf(0L, 0L, 10L, 20L, 30L, 40L)
            queue.queued shouldBe 0
            queue.pacedFor shouldBe 40.milliseconds
        }

    @Test
    fun `the time for which messages were paced does not run while none waits`() =
        runTest {
            val queue = queue(rate = 1.0, burst = 1).apply { open(NamingLink(this@runTest)) }
            sending(queue, "a1")
            val second = sending(queue, "a2")
            advanceTimeBy(300.milliseconds)
            queue.pacedFor shouldBe 300.milliseconds
            second.cancelAndJoin()
            advanceTimeBy(10.seconds)
            queue.pacedFor shouldBe 300.milliseconds
        }

    @Test
    fun `a message that waits for tokens waits however long that takes`() =
        runTest {
            val queue = queue(patience = 1.seconds, rate = 0.01, burst = 1).apply { open(NamingLink(this@runTest)) }
            sending(queue, "a1")
            val second = sending(queue, "a2")
            advanceTimeBy(99.seconds)
            second.isCompleted shouldBe false
            advanceTimeBy(1.seconds)
            runCurrent()
            second.getCompleted().isSuccess shouldBe true
        }

    @Test
    fun `a beat overtakes everything that waits for tokens, and takes those of the reserve`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 1.0, burst = 10).apply { open(link) }
            repeat(12) { sending(queue, "a$it") }
            link.taken.size shouldBe 9
            val beat = sending(queue, "beat", Urgency.Beat)
            beat.isCompleted shouldBe true
            link.taken.last() shouldBe "beat"
        }

    @Test
    fun `while the link takes nothing more one message is handed to it, and the others take turns`() =
        runTest {
            val isOpen = CompletableDeferred<Unit>()
            val link = NamingLink(this) { isOpen.await() }
            val queue = queue().apply { open(link) }
            sending(queue, "big1", size = 200_000)
            sending(queue, "big2", size = 200_000)
            sending(queue, "big3", size = 200_000)
            sending(queue, "small1")
            sending(queue, "beat1", Urgency.Beat)
            queue.queued shouldBe 4
            isOpen.complete(Unit)
            runCurrent()
            link.taken shouldContainExactly listOf("big1", "beat1", "big2", "small1", "big3")
        }

    @Test
    fun `small messages are handed over together, up to a bound`() =
        runTest {
            val isOpen = CompletableDeferred<Unit>()
            val queue = queue().apply { open(NamingLink(this@runTest) { isOpen.await() }) }
            repeat(100) { sending(queue, "a$it", size = 1024) }
            queue.queued shouldBe 100 - 64
            isOpen.complete(Unit)
            runCurrent()
            queue.queued shouldBe 0
        }

    @Test
    fun `a cancelled sender leaves at once, its message never leaves, and it says so`() =
        runTest {
            val isOpen = CompletableDeferred<Unit>()
            val link = NamingLink(this) { isOpen.await() }
            val queue = queue().apply { open(link) }
            val fates = List(3) { Fate() }
            val (first, second, third) = fates.mapIndexed { i, fate -> sending(queue, "a$i", size = 100_000, fate = fate) }
            second.cancelAndJoin()
            queue.queued shouldBe 1
            first.cancelAndJoin()
            isOpen.complete(Unit)
            runCurrent()
            third.isCompleted shouldBe true
            link.taken shouldContainExactly listOf("a2")
            // The first was with the link already.
            fates.map { it.mayHaveLeft } shouldContainExactly listOf(true, false, true)
        }

    @Test
    fun `a sender that is cancelled when it was told to go gives its turn and its token on`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 1.0, burst = 1).apply { open(link) }
            sending(queue, "a1")
            val second = sending(queue, "b1")
            val third = sending(queue, "c1")
            // The alarm rings, and the sender that it wakes is cancelled before it runs.
            val killer = launch { second.cancel() }
            advanceTimeBy(1.seconds)
            killer.join()
            runCurrent()
            second.isCancelled shouldBe true
            advanceTimeBy(1.milliseconds)
            third.isCompleted shouldBe true
            link.taken shouldContainExactly listOf("a1", "c1")
        }

    @Test
    fun `a message that is called off while it waits does not leave, and its sender goes on`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 1.0, burst = 1).apply { open(link) }
            val fates = List(3) { Fate() }
            val (first, second, third) = fates.mapIndexed { i, fate -> sending(queue, "a$i", fate = fate) }
            fates.forEach { if (it !== fates[2]) it.callOff() }
            runCurrent()
            listOf(first, second).all { it.getCompleted().isSuccess } shouldBe true
            advanceTimeBy(1001.milliseconds)
            third.isCompleted shouldBe true
            fates[2].callOff()
            link.taken shouldContainExactly listOf("a0", "a2")
            fates.map { it.mayHaveLeft } shouldContainExactly listOf(true, false, true)
        }

    @Test
    fun `messages that wait for a link leave over the next one, in order`() =
        runTest {
            val queue = queue()
            val first = sending(queue, "a1")
            val second = sending(queue, "a2")
            advanceTimeBy(59.seconds)
            val link = NamingLink(this)
            queue.open(link)
            runCurrent()
            listOf(first, second).all { it.getCompleted().isSuccess } shouldBe true
            link.taken shouldContainExactly listOf("a1", "a2")
        }

    @Test
    fun `a message waits for a link no longer than the option says, each from when it came`() =
        runTest {
            val queue = queue(patience = 10.seconds)
            val fate = Fate()
            val first = sending(queue, "a1", fate = fate)
            advanceTimeBy(4.seconds)
            val second = sending(queue, "a2")
            advanceTimeBy(6.seconds)
            runCurrent()
            val failure = first.failure() as ConnectionClosedException
            failure.didNotRun shouldBe true
            fate.mayHaveLeft shouldBe false
            second.isCompleted shouldBe false
            advanceTimeBy(4.seconds)
            runCurrent()
            (second.failure() as ConnectionClosedException).didNotRun shouldBe true
            queue.queued shouldBe 0
        }

    @Test
    fun `who waited for tokens when the link was lost waits for the next one from then on`() =
        runTest {
            val queue = queue(patience = 10.seconds, rate = 0.001, burst = 1).apply { open(NamingLink(this@runTest)) }
            sending(queue, "a1")
            val second = sending(queue, "a2")
            advanceTimeBy(100.seconds)
            queue.shut()
            advanceTimeBy(9.seconds)
            second.isCompleted shouldBe false
            advanceTimeBy(1.seconds)
            runCurrent()
            (second.failure() as ConnectionClosedException).didNotRun shouldBe true
        }

    @Test
    fun `with a wait of zero messages fail at once while there is no link`() =
        runTest {
            val isOpen = CompletableDeferred<Unit>()
            val queue = queue(patience = Duration.ZERO)
            (sending(queue, "a1").failure() as ConnectionClosedException).didNotRun shouldBe true
            queue.open(NamingLink(this) { isOpen.await() })
            sending(queue, "a2", size = 100_000)
            val third = sending(queue, "a3", size = 100_000)
            third.isCompleted shouldBe false
            queue.shut()
            runCurrent()
            (third.failure() as ConnectionClosedException).didNotRun shouldBe true
            isOpen.complete(Unit)
        }

    @Test
    fun `the end fails everybody who waits or comes, with its reason`() =
        runTest {
            val queue = queue(rate = 1.0, burst = 1).apply { open(NamingLink(this@runTest)) }
            sending(queue, "a1")
            val waiting = List(3) { sending(queue, "b$it") }
            queue.end(ConnectionClosedException("that was it"))
            runCurrent()
            val late = sending(queue, "c1")
            runCurrent()
            for (sender in waiting + late) {
                val failure = sender.failure() as ConnectionClosedException
                failure.message shouldBe "that was it"
                failure.didNotRun shouldBe true
            }
            queue.open(NamingLink(this))
            (sending(queue, "d1").failure() is ConnectionClosedException) shouldBe true
        }

    @Test
    fun `a new link takes what restores the client first, and the rest when that is done`() =
        runTest {
            val queue = queue()
            val before = sending(queue, "a1")
            val link = NamingLink(this)
            queue.restore(link)
            val restoration = sending(queue, "r1", Urgency.Restoration)
            sending(queue, "beat", Urgency.Beat)
            runCurrent()
            restoration.isCompleted shouldBe true
            before.isCompleted shouldBe false
            link.taken shouldContainExactly listOf("r1")
            queue.open(link)
            runCurrent()
            link.taken shouldContainExactly listOf("r1", "beat", "a1")
        }

    @Test
    fun `a message that a link has not taken for certain leaves over the next one, before those that came later`() =
        runTest {
            val queue = queue()
            val dead = NamingLink(this) { throw ConnectionClosedException("gone", didNotRun = true) }
            queue.open(dead)
            val fates = List(3) { Fate() }
            val all = fates.mapIndexed { i, fate -> sending(queue, "a$i", fate = fate) }
            all.none { it.isCompleted } shouldBe true
            fates.none { it.mayHaveLeft } shouldBe true
            // The reader has noticed as well.
            queue.shut()
            val next = NamingLink(this)
            queue.open(next)
            runCurrent()
            next.taken shouldContainExactly listOf("a0", "a1", "a2")
            all.all { it.getCompleted().isSuccess } shouldBe true
        }

    @Test
    fun `a message that may have left is never sent again`() =
        runTest {
            val queue = queue()
            queue.open(NamingLink(this) { throw ConnectionClosedException("gone") })
            val fate = Fate()
            val sender = sending(queue, "a1", fate = fate)
            sender.getCompleted().isSuccess shouldBe true
            fate.mayHaveLeft shouldBe true
            val next = NamingLink(this)
            queue.open(next)
            runCurrent()
            next.taken.shouldBeEmpty()
        }

    @Test
    fun `who still hangs in a link that is gone holds up nobody on the next one`() =
        runTest {
            val queue = queue()
            val stuck = CompletableDeferred<Unit>()
            queue.open(NamingLink(this) { stuck.await() })
            val old = sending(queue, "a1", size = 200_000)
            val waiting = sending(queue, "a2", size = 200_000)
            queue.shut()
            val next = NamingLink(this)
            queue.open(next)
            runCurrent()
            waiting.isCompleted shouldBe true
            sending(queue, "b1", size = 200_000).isCompleted shouldBe true
            stuck.completeExceptionally(ConnectionClosedException("gone", didNotRun = true))
            runCurrent()
            old.getCompleted().isSuccess shouldBe true
            next.taken shouldContainExactly listOf("a2", "b1", "a1")
        }

    @Test
    fun `each link has the limits of its own server, and starts with its whole burst`() =
        runTest {
            val queue = queue()
            queue.open(NamingLink(this, rate = 1.0, burst = 2))
            List(3) { sending(queue, "a$it").isCompleted } shouldContainExactly listOf(true, false, false)
            queue.shut()
            val next = NamingLink(this, rate = 10.0, burst = 10)
            queue.restore(next)
            queue.open(next)
            runCurrent()
            queue.queued shouldBe 0
            List(9) { sending(queue, "b$it") }.count { it.isCompleted } shouldBe 7
        }

    @Test
    fun `a server that ended the link for its rate gets half of it from then on`() =
        runTest {
            val queue = queue(rate = 100.0, burst = 8)
            queue.open(NamingLink(this))
            queue.ended(LinkEvent.Closed(1008, "User is blocked"))
            queue.ended(LinkEvent.Closed(1006, "Rate limit exceeded"))
            queue.shut()
            queue.open(NamingLink(this))
            List(9) { sending(queue, "a$it") }.count { it.isCompleted } shouldBe 8
            queue.ended(LinkEvent.Closed(1008, "Rate limit exceeded: too many messages per second"))
            queue.shut()
            queue.open(NamingLink(this))
            runCurrent()
            List(9) { sending(queue, "b$it") }.count { it.isCompleted } shouldBe 3
            queue.ended(LinkEvent.Closed(1008, "Rate limit exceeded: too many messages per second"))
            queue.shut()
            val link = NamingLink(this)
            queue.open(link)
            runCurrent()
            link.taken.size shouldBe 2
            advanceTimeBy(1.seconds)
            // Half of half of a hundred.
            link.times[3] - link.times[2] shouldBe 40
        }

    @Test
    fun `a failure of the link's own goes to its sender, and the next one has its turn`() =
        runTest {
            val gate = CompletableDeferred<Unit>()
            val link =
                NamingLink(this) { name ->
                    gate.await()
                    check(name != "a1") { "on purpose" }
                }
            val queue = queue().apply { open(link) }
            val first = sending(queue, "a1", size = 100_000)
            sending(queue, "a2", size = 100_000)
            gate.complete(Unit)
            runCurrent()
            shouldThrow<IllegalStateException> { first.await().getOrThrow() }
            link.taken shouldContainExactly listOf("a2")
        }

    @Test
    fun `nothing of it runs when nobody waits any more`() =
        runTest {
            val job = Job()
            val queue =
                SendQueue(
                    ConnectionSettings(messageRate = 1.0, messageBurst = 1, timeSource = testScheduler.timeSource),
                    kotlinx.coroutines.CoroutineScope(backgroundScope.coroutineContext + job),
                )
            queue.open(NamingLink(this))
            sending(queue, "a1")
            val waiting = sending(queue, "a2")
            runCurrent()
            job.children.count() shouldBe 1
            waiting.cancelAndJoin()
            runCurrent()
            job.children.count() shouldBe 0
            job.cancel()
        }

    @Test
    fun `what a server has not read keeps back as many messages as its burst, until it says that it has`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 10.0, burst = 8).apply { open(link) }
            link.onPing = { }
            repeat(30) { sending(queue, "a$it") }
            advanceTimeBy(10.seconds)
            link.taken.size shouldBe 8
            // The ping followed the last of them.
            link.measured.answered()
            queue.review()
            advanceTimeBy(500.milliseconds)
            link.taken.size shouldBe 8 + 4
            advanceTimeBy(5.seconds)
            link.taken.size shouldBe 8 + 8
        }

    @Test
    fun `a server that never answers pings is not waited for without end`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 10.0, burst = 8).apply { open(link) }
            link.onPing = { }
            val all = List(100) { sending(queue, "a$it") }
            advanceTimeBy(32.seconds)
            all.all { it.isCompleted } shouldBe true
        }

    @Test
    fun `beats of a peer that wants them without end get half of the rate, and the other messages the rest`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 100.0, burst = 200).apply { open(link) }
            repeat(2000) { sending(queue, "a$it") }
            repeat(4000) { sending(queue, "beat$it", Urgency.Beat) }
            runCurrent()
            val before = link.taken.size
            advanceTimeBy(10.seconds)
            val ordinary = link.taken.drop(before).count { it.startsWith("a") }
            ordinary shouldBeInRange 450..550
            link.taken.size - before shouldBeInRange 970..1010
        }

    @Test
    fun `beats have all of the rate while nothing else waits`() =
        runTest {
            val link = NamingLink(this)
            val queue = queue(rate = 100.0, burst = 200).apply { open(link) }
            repeat(4000) { sending(queue, "beat$it", Urgency.Beat) }
            runCurrent()
            val before = link.taken.size
            advanceTimeBy(10.seconds)
            link.taken.size - before shouldBeInRange 970..1010
        }
}
