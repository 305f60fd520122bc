package io.hypha.rpc.client

import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** The last event of a connection. */
@OptIn(ExperimentalCoroutinesApi::class)
class DisconnectedEventTest {
    private fun reason(event: HyphaEvent): String? = (event.data as Map<*, *>)["reason"] as String?

    @Test
    fun `listeners hear why a connection was lost, and collectors end after it`() =
        withScriptedPeer { alice, peer ->
            val heard = ArrayList<String?>()
            alice.on(LocalEvents.DISCONNECTED) {
                delay(1.seconds)
                heard += reason(it)
            }
            val collected = async { alice.events(LocalEvents.DISCONNECTED).toList() }
            runCurrent()
            peer.close("maintenance")
            alice.awaitClosed()
            heard.single()!! shouldContain "maintenance"
            collected.await().single().isLocal shouldBe true
        }

    @Test
    fun `closing by the user has no reason, and ends a handler that is running first`() =
        withScriptedPeer { alice, _ ->
            val heard = ArrayList<String?>()
            alice.on("x") {
                try {
                    awaitCancellation()
                } finally {
                    heard += "cancelled"
                }
            }
            alice.on(LocalEvents.DISCONNECTED) { heard += reason(it) }
            alice.emit("x")
            runCurrent()
            alice.close()
            alice.close()
            alice.awaitClosed()
            heard shouldContainExactly listOf("cancelled", null)
        }

    @Test
    fun `handlers that never end hold up the end for five seconds`() =
        withScriptedPeer { alice, _ ->
            alice.on(LocalEvents.DISCONNECTED) { awaitCancellation() }
            alice.close()
            alice.awaitClosed()
            currentTime shouldBe 5000L
        }

    @Test
    fun `nobody hears anything afterwards`() =
        withScriptedPeer { alice, _ ->
            alice.close()
            alice.awaitClosed()
            val heard = ArrayList<Any?>()
            alice.on("x") { heard += it.data }
            alice.emit("x", 1)
            runCurrent()
            alice.events("x").toList() shouldBe emptyList()
            heard shouldBe emptyList()
        }
}
