package io.hypha.rpc.leaks

import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import java.net.ServerSocket

/** Whether the other tests of leaks would see one. */
@OptIn(ExperimentalCoroutinesApi::class)
class InventoryTest {
    @Test
    fun `what is left is named with its number`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function<Unit>("wait") { awaitCancellation() } }
            val service = alice.serviceOf("bob")
            val before = Inventory.take(listOf(alice, bob))
            val left = launch { repeat(LEFT) { launch { service.call<Unit>("wait") } } }
            runCurrent()
            val growth = Inventory.take(listOf(alice, bob)).growthSince(before, LEFT)
            left.cancelAndJoin()
            runCurrent()
            growth shouldContain "sessions of $alice: 0 before, $LEFT afterwards"
            growth shouldContain "incoming calls of $bob: 0 before, $LEFT afterwards"
            growth.filter { it.startsWith("io.hypha.rpc.call.OutgoingCall: ") }.size shouldBe 1
            Inventory.take(listOf(alice, bob)).growthSince(before, LEFT).shouldBeEmpty()
        }

    @Test
    fun `objects of others are seen when there are as many as repetitions`() {
        val before = Inventory.take()
        val left = List(6 * LEFT) { StringBuilder() }
        val growth = Inventory.take().growthSince(before, left.size)
        growth.filter { it.startsWith("java.lang.StringBuilder: ") }.size shouldBe 1
    }

    @Test
    fun `sockets are counted`() {
        val before = Inventory.take()
        val sockets = List(5) { ServerSocket(0) }
        try {
            val growth = Inventory.take().growthSince(before, 1)
            growth.filter { it.startsWith("sockets: ") }.size shouldBe 1
        } finally {
            sockets.forEach { it.close() }
        }
    }

    private companion object {
        const val LEFT = 1000
    }
}
