package io.hypha.rpc.leaks

import io.hypha.rpc.call.param
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.wire.Bytes
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.minutes

/** What is left of messages that are sent in pieces. */
@OptIn(ExperimentalCoroutinesApi::class)
class LongMessageLeaksTest {
    private val large = Bytes(ByteArray(270_000))

    @Test
    fun `long messages that arrive, and those that are given up on their way, leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide { function("echo", param("bytes")) { bytes: Bytes -> bytes } }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob), { advanceTimeBy(16.minutes) }).shouldLeaveNothing(repetitions(1000)) { number ->
                if (number % 2 == 0) {
                    service.call<Bytes>("echo", large).size shouldBe large.size
                } else {
                    coroutineScope {
                        val call = launch { service.call<Bytes>("echo", large) }
                        repeat(number % MOMENTS) { yield() }
                        call.cancelAndJoin()
                    }
                }
            }
        }

    private companion object {
        const val MOMENTS = 200
    }
}
