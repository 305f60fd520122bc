package io.hypha.rpc.call

import io.hypha.rpc.testing.withScriptedPeer
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.runCurrent
import org.junit.jupiter.api.Test

/** What a peer that sends without reading can make this client hold. */
@OptIn(ExperimentalCoroutinesApi::class)
class FloodTest {
    @Test
    fun `a flood of calls of unknown functions is answered in part, and the next call works`() =
        withScriptedPeer { _, peer ->
            var answers = 0
            // The link takes 1024 messages at a time, the refusals that wait behind it are as many again.
            repeat(4000) {
                peer.call("nowhere", session = "P$it")
                runCurrent()
            }
            peer.call("services.built-in.ping", listOf("ping"), session = "last")
            while (true) {
                val answer = peer.expect()
                if (answer.main["parent"] == "last") {
                    answer.args shouldBe listOf("pong")
                    break
                }
                answers++
            }
            answers shouldBeLessThanOrEqualTo 2048 + 1
        }
}
