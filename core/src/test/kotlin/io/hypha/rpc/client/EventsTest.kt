package io.hypha.rpc.client

import io.hypha.rpc.EncodingException
import io.hypha.rpc.testing.withScriptedPeer
import io.hypha.rpc.testing.withTwoClients
import io.hypha.rpc.wire.Bytes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** A listener that fails is its own affair. */
@OptIn(ExperimentalCoroutinesApi::class)
class EventsTest {
    @Test
    fun `a listener that fails or times out does not end the others`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<Any?>()
            alice.on("x") { error("on purpose") }
            alice.on("x") { withTimeout(1.seconds) { delay(2.seconds) } }
            alice.on("x") { heard += it.data }
            alice.emit("x", 1)
            alice.emit("x", 2)
            advanceTimeBy(5.seconds)
            heard shouldContainExactly listOf(1, 2)
        }

    @Test
    fun `a collector that leaves while an event is on its way to it does not end the others`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<Any?>()
            val first =
                async {
                    alice
                        .events("x")
                        .onEach { alice.emit("x", 2) }
                        .first()
                        .data
                }
            alice.on("x") { heard += it.data }
            runCurrent()
            alice.emit("x", 1)
            runCurrent()
            first.await() shouldBe 1
            alice.emit("x", 3)
            runCurrent()
            heard shouldContainExactly listOf(1, 2, 3)
        }

    @Test
    fun `a long event goes to one client in pieces and to everybody not at all`() =
        withTwoClients { alice, bob ->
            val heard = ArrayList<Any?>()
            bob.on("x") { heard += (it.data as Bytes).size to it.context?.from }
            alice.emit("x", Bytes(ByteArray(700_000)), to = "bob")
            runCurrent()
            heard shouldContainExactly listOf(700_000 to "ws/alice")
            shouldThrow<EncodingException> { alice.emit("x", Bytes(ByteArray(700_000)), to = "*") }
        }

    @Test
    fun `a flow of events ends with the connection`() =
        withScriptedPeer { alice, _ ->
            val all = async { alice.events("x").map { it.data }.toList() }
            runCurrent()
            alice.emit("x", 1)
            runCurrent()
            alice.close()
            runCurrent()
            all.await() shouldBe listOf(1)
        }
}
