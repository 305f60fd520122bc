package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.client.HyphaEvent
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Waiting for events of JavaScript, and events for one client of another workspace (protocol §10, features F3 and F4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsBetweenWorkspacesTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val near = stage.peer
    private val far = stage.join("far-away")

    @AfterAll
    fun end() {
        far.close()
        stage.close()
    }

    private fun testing(test: suspend CoroutineScope.() -> Unit) {
        runBlocking { withTimeout(30.seconds) { test() } }
    }

    private fun CoroutineScope.waiting(
        type: String,
        subscribed: Boolean = false,
        fits: suspend (HyphaEvent) -> Boolean = { true },
    ): Deferred<HyphaEvent> = async(start = CoroutineStart.UNDISPATCHED) { kotlin.waitFor(type, 10.seconds, subscribed, fits) }

    private suspend fun JsPeer.emit(
        type: String,
        to: String,
        data: Int,
    ) {
        val message =
            buildJsonObject {
                put("type", type)
                put("to", to)
                put("data", data)
            }
        call(null, "emit", message)
    }

    private val me = "${kotlin.workspace}/${kotlin.clientId}"

    @Test
    fun `the first event of JavaScript that fits ends the wait, and those before it do not`() =
        testing {
            val event = waiting("counted") { it.data as Long >= 3 }
            for (n in 1..4) near.emit("counted", me, n)
            event.await().data shouldBe 3L
        }

    @Test
    fun `time that is up says so, although events went by`() =
        testing {
            val seen = ArrayList<Any?>()
            val wait =
                async(start = CoroutineStart.UNDISPATCHED) {
                    shouldThrow<CallTimeoutException> {
                        kotlin.waitFor("passing", 1500.milliseconds) {
                            seen += it.data
                            false
                        }
                    }
                }
            near.emit("passing", me, 1)
            near.emit("passing", me, 2)
            wait.await().message shouldContain "'passing'"
            seen shouldBe listOf(1L, 2L)
        }

    @Test
    fun `a wait with a subscription hears a broadcast, and the subscription ends with it`() =
        testing {
            val event = waiting("announced", subscribed = true)
            // Nobody outside knows when the subscription stands; the broadcasts before that are for nobody.
            while (!event.isCompleted) {
                near.emit("announced", "*", 1)
                near.call(null, "echo", JsonPrimitive(1))
            }
            event.await().context?.from shouldBe "${near.workspace}/${near.clientId}"
            val heard = ArrayList<Any?>()
            kotlin.on("announced") { heard += it.data }
            // The subscription ends behind the back of whoever waited, so it may take a moment.
            eventually(5.seconds) {
                heard.clear()
                val fence = waiting("fence")
                near.emit("announced", "*", 2)
                near.emit("fence", me, 0)
                fence.await()
                heard shouldBe emptyList()
            }
            kotlin.off("announced")
        }

    @Test
    fun `an event for one client reaches it in another workspace, in both directions`() =
        testing {
            val event = waiting("visit")
            far.emit("visit", me, 5)
            event.await().run { listOf(data, context?.from, context?.workspace) } shouldBe
                listOf(5L, "${far.workspace}/${far.clientId}", far.workspace)
            far.command("listen", buildJsonObject { put("type", "visit") })
            kotlin.emit("visit", 6, to = "${far.workspace}/${far.clientId}")
            val heard: JsonObject = far.events.receive()
            listOf("data", "from", "ws").map { heard.getValue(it).jsonPrimitive.content } shouldBe listOf("6", me, kotlin.workspace)
        }

    @Test
    fun `a broadcast stays in its workspace, in both directions`() =
        testing {
            val heard = ArrayList<Any?>()
            val listener = kotlin.subscribe("local news") { heard += it.data }
            val fence = waiting("fence")
            far.emit("local news", "*", 1)
            far.emit("fence", me, 0)
            fence.await()
            heard shouldBe emptyList()
            for (type in listOf("local news", "fence")) far.command("listen", buildJsonObject { put("type", type) })
            far.call(null, "subscribe", JsonPrimitive("local news"))
            kotlin.emit("local news", 2, to = "*")
            kotlin.emit("fence", 0, to = "${far.workspace}/${far.clientId}")
            far.events
                .receive()
                .getValue("type")
                .jsonPrimitive.content shouldBe "fence"
            listener.dispose()
        }
}
