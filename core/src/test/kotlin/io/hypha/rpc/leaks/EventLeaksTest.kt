package io.hypha.rpc.leaks

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.testing.withTwoClients
import io.kotest.assertions.throwables.shouldThrow
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.milliseconds

/** What is left of those who listen to events for a time. */
class EventLeaksTest {
    @Test
    fun `listeners that come and go leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(1000)) {
                val listener = alice.on("news") { }
                alice.once("news") { }
                alice.emit("news", it)
                bob.emit("news", it, to = "alice")
                listener.dispose()
            }
        }

    @Test
    fun `collectors that come and go, and those who wait in vain, leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(1000)) {
                coroutineScope {
                    val endless = launch(start = CoroutineStart.UNDISPATCHED) { alice.events("news").collect() }
                    val first = launch(start = CoroutineStart.UNDISPATCHED) { alice.events("news").first() }
                    bob.emit("news", it, to = "alice")
                    first.join()
                    endless.cancelAndJoin()
                    shouldThrow<CallTimeoutException> { alice.waitFor("nothing", 1.milliseconds) }
                }
            }
        }
}
