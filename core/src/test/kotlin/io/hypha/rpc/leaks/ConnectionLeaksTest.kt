package io.hypha.rpc.leaks

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.testing.GivenLink
import io.hypha.rpc.testing.connectOver
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.testing.provide
import io.hypha.rpc.testing.serviceOf
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Job
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Test

/** What is left of connections that have ended, or never came about. */
class ConnectionLeaksTest {
    /** What all connections run in; it outlives them. */
    private val outer = Job()

    private fun TestScope.options() =
        HyphaOptions().apply {
            coroutineContext = StandardTestDispatcher(testScheduler) + outer
            timeSource = testScheduler.timeSource
        }

    @Test
    fun `connections that are made, used and closed leave nothing`() =
        runTest {
            Endurance(this, emptyList()).shouldLeaveNothing(repetitions(1000)) {
                val pair = LinkedPair(infoOf("alice"), infoOf("bob"))
                val alice = connectOver(pair.left)
                val bob = connectOver(pair.right)
                bob.provide { function("one") { 1 } }
                alice.on("news") { }
                alice.serviceOf("bob").call<Int>("one") shouldBe 1
                alice.close()
                alice.awaitClosed()
                // The other one learns of it by the end of its link.
                bob.awaitClosed()
            }
        }

    @Test
    fun `connections that cannot be made leave nothing`() =
        runTest {
            val refusing = transport { throw ConnectionClosedException("cannot connect") }
            Endurance(this, emptyList()).shouldLeaveNothing(repetitions(1000)) {
                shouldThrow<ConnectionClosedException> { HyphaConnection.connect(refusing, options(), announces = false) }
            }
            outer.children.count() shouldBe 0
        }

    @Test
    fun `connections that are given up while they are made leave nothing`() =
        runTest {
            Endurance(this, emptyList()).shouldLeaveNothing(repetitions(1000)) { number ->
                coroutineScope {
                    val silent = transport { if (number % 2 == 0) awaitCancellation() else LinkedPair(infoOf("alice"), infoOf("bob")).left }
                    val connecting = launch { HyphaConnection.connect(silent, options()) }
                    repeat(number % MOMENTS) { yield() }
                    connecting.cancelAndJoin()
                }
            }
            outer.children.count() shouldBe 0
        }

    private fun transport(open: suspend () -> Link) =
        object : Transport {
            override suspend fun open(identity: Identity): Link = open()
        }

    private companion object {
        const val MOMENTS = 20
    }
}
