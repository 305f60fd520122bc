package io.hypha.rpc.call

import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.Test

/** Nobody gets all of what is for everybody. */
class SharedRoomTest {
    private fun SharedRoom.fill(
        owner: String,
        size: Long = 0,
    ): Int = (1..10_000).takeWhile { tryTake(owner, size) }.size

    @Test
    fun `one client alone gets seven eighths of the places, the next ones seven eighths of what is left to them`() {
        val room = SharedRoom(maxItems = 4096, maxBytes = 0)
        room.fill("ws/eve") shouldBe 3584
        room.fill("ws/mallory") shouldBe 448
        room.tryTake("ws/a", 0) shouldBe true
    }

    @Test
    fun `who has nothing yet gets a place as long as there is one`() {
        val room = SharedRoom(maxItems = 3, maxBytes = 100)
        room.fill("ws/a") shouldBe 3
        room.tryTake("ws/b", 0) shouldBe false
        room.free("ws/a", 0)
        room.tryTake("ws/b", 101) shouldBe false
        room.tryTake("ws/b", 100) shouldBe true
    }

    @Test
    fun `bytes are shared in the same way, and come back`() {
        val room = SharedRoom(maxItems = 1000, maxBytes = 8000)
        room.fill("ws/eve", 100) shouldBe 70
        room.tryTake("ws/a", 900) shouldBe true
        repeat(70) { room.free("ws/eve", 100) }
        room.free("ws/a", 900)
        room.fill("ws/eve", 100) shouldBe 70
    }

    @Test
    fun `the first of all is taken however large, where that is wanted`() {
        val room = SharedRoom(maxItems = 10, maxBytes = 100)
        room.tryTakeOrFirst("ws/a", 1000) shouldBe true
        room.tryTakeOrFirst("ws/a", 0) shouldBe false
        room.tryTakeOrFirst("ws/b", 0) shouldBe false
        room.free("ws/a", 1000)
        room.tryTakeOrFirst("ws/b", 100) shouldBe true
    }
}
