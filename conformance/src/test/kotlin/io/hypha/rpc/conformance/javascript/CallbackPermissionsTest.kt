package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.call.callback
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

/** A callback is for the client that it was passed to, and for the time of its call (protocol §3.6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbackPermissionsTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val near = Neighbour(stage.provider)
    private val sibling = Neighbour(stage.join())
    private val stranger = Neighbour(stage.join("strangers"))

    @AfterAll
    fun end() {
        sibling.peer.close()
        stranger.peer.close()
        stage.close()
    }

    @Test
    fun `JavaScript clients that were not given a callback are refused, in the same workspace and in another`() {
        runBlocking {
            withTimeout(30.seconds) {
                val me = "${kotlin.workspace}/${kotlin.clientId}"
                val runs = AtomicInteger()
                var usedPath = ""
                val refusals = ArrayList<String>()
                val lent =
                    callback<String, Int> { path ->
                        runs.incrementAndGet()
                        usedPath = path
                        for (thief in listOf(sibling, stranger)) {
                            refusals += thief.callDirectly(me, path, json("stolen")).error.orEmpty()
                        }
                        42
                    }
                kotlin.getService("${near.address}:js-offers").call<Int>("tellPath", lent) shouldBe 42
                refusals.size shouldBe 2
                for ((thief, text) in listOf(sibling, stranger).zip(refusals)) {
                    text shouldContain
                        "Access denied for method call (${thief.address}:$usedPath) from ${thief.address} to target ${near.address}"
                }
                near.callDirectly(me, usedPath, json("late")).error.orEmpty() shouldContain usedPath
                runs.get() shouldBe 1
            }
        }
    }
}
