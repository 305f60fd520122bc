package io.hypha.rpc.leaks

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.callback
import io.hypha.rpc.call.param
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.testing.withWatchedClients
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test

/** What is left of calls whose caller gives up. */
@OptIn(ExperimentalCoroutinesApi::class)
class CancellationLeaksTest {
    private val callback = callback { n: Int -> n + 1 }

    @Test
    fun `calls that are cancelled at any moment between their beginning and their end leave nothing`() =
        withTwoClients(unpaced) { alice, bob ->
            bob.provide {
                function("run", param("f")) { f: RemoteFunction ->
                    yield()
                    f.call<Int>(1)
                    val two = f.call<Int>(2)
                    flow { emit(two) }
                }
            }
            val service = alice.serviceOf("bob")
            Endurance(this, listOf(alice, bob)).shouldLeaveNothing(repetitions(10_000)) { number ->
                coroutineScope {
                    val call = launch { service.stream<Int>("run", callback).collect() }
                    repeat(number % MOMENTS) { yield() }
                    call.cancelAndJoin()
                }
            }
        }

    @Test
    fun `calls that are cancelled before their message could leave, leave nothing`() =
        withWatchedClients(unpaced) { alice, bob ->
            bob.connection.provide { function("run", param("f")) { f: RemoteFunction -> f.call<Int>(1) } }
            val service = alice.connection.serviceOf("bob")
            Endurance(this, listOf(alice.connection, bob.connection), atOnce = 1).shouldLeaveNothing(repetitions(10_000) / CROWD) {
                alice.link.block()
                val calls = List(CROWD) { launch { service.call<Int>("run", callback) } }
                runCurrent()
                calls.forEach { it.cancelAndJoin() }
                alice.link.unblock()
                runCurrent()
                alice.link.forget()
                bob.link.forget()
            }
        }

    private companion object {
        /** More steps than a call has in all. */
        const val MOMENTS = 60
        const val CROWD = 50
    }
}
