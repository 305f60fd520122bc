package io.hypha.rpc.ktor

import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

class FrameRoomTest {
    private val room = FrameRoom(mostFrames = 3, mostBytes = 100)

    private fun waiting(size: Int): Pair<Thread, CompletableFuture<Boolean>> {
        val answer = CompletableFuture<Boolean>()
        val thread = Thread { answer.complete(room.await(size)) }.apply { start() }
        while (thread.state != Thread.State.WAITING) Thread.onSpinWait()
        return thread to answer
    }

    @Test
    fun `the frames that wait are bounded in number`() {
        repeat(3) { room.tryEnter(1) shouldBe true }
        room.tryEnter(1) shouldBe false
        room.leave()
        room.tryEnter(1) shouldBe true
    }

    @Test
    fun `the frames that wait are bounded in bytes`() {
        room.tryEnter(60) shouldBe true
        room.tryEnter(41) shouldBe false
        room.tryEnter(40) shouldBe true
        room.leave()
        room.tryEnter(60) shouldBe true
    }

    @Test
    fun `one frame alone has room however large it is`() {
        room.tryEnter(1000) shouldBe true
        room.tryEnter(1) shouldBe false
        room.leave()
        room.tryEnter(1000) shouldBe true
    }

    @Test
    fun `a thread that waits goes on when there is room`() {
        room.await(100) shouldBe true
        val (thread, answer) = waiting(50)
        room.leave()
        answer.get(10, TimeUnit.SECONDS) shouldBe true
        thread.join()
        room.tryEnter(51) shouldBe false
    }

    @Test
    fun `nobody waits when nobody takes frames any more`() {
        room.await(100) shouldBe true
        val (thread, answer) = waiting(50)
        room.close()
        answer.get(10, TimeUnit.SECONDS) shouldBe false
        thread.join()
        room.await(1) shouldBe false
    }
}
