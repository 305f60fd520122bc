package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaEvent
import io.hypha.rpc.client.LocalEvents
import io.hypha.rpc.client.ServerEvents
import io.hypha.rpc.client.getSummary
import io.hypha.rpc.client.listClients
import io.hypha.rpc.client.ping
import io.hypha.rpc.ktor.connectToServer
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.util.UUID
import kotlin.time.Duration.Companion.seconds

/** Events between the real JavaScript client, a Kotlin client and the hub (features F1 to F5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsAcrossLanguagesTest {
    private val stage = Stage.set()
    private val javascript = stage.peer
    private val kotlin = stage.kotlin
    private val workspace = kotlin.workspace

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun test(body: suspend CoroutineScope.() -> Unit) {
        runBlocking { withTimeout(30.seconds) { body() } }
    }

    private fun newType() = "event-${UUID.randomUUID()}"

    /** Waits with a subscription that stands already, so that what the next line causes is not missed. */
    private suspend fun CoroutineScope.waiting(
        type: String,
        at: HyphaConnection = kotlin,
        fits: suspend (HyphaEvent) -> Boolean = { true },
    ): Deferred<HyphaEvent> = async(start = CoroutineStart.UNDISPATCHED) { at.waitFor(type, 10.seconds, predicate = fits) }

    private suspend fun emitFromJavaScript(
        type: String,
        to: String,
        data: JsonElement,
        from: JsPeer = javascript,
    ) {
        val message =
            buildJsonObject {
                put("type", type)
                put("to", to)
                put("data", data)
            }
        from.call(null, "emit", message)
    }

    private suspend fun listenInJavaScript(type: String) {
        javascript.command("listen", buildJsonObject { put("type", type) })
    }

    private suspend fun subscribeInJavaScript(vararg types: String) {
        types.forEach { listenInJavaScript(it) }
        javascript.call(null, "subscribe", JsonArray(types.map(::JsonPrimitive)))
    }

    /** The next event of [type] that JavaScript heard and that [fits]. */
    private suspend fun heardByJavaScript(
        type: String,
        fits: (JsonObject) -> Boolean = { true },
    ): JsonObject {
        while (true) {
            val event = javascript.events.receive()
            if (event.getValue("type").jsonPrimitive.content == type && fits(event)) return event
        }
    }

    private fun idOf(event: JsonObject) =
        event
            .getValue("data")
            .jsonObject
            .getValue("id")
            .jsonPrimitive.content

    @Test
    fun `a broadcast from JavaScript reaches Kotlin while somebody collects with a subscription`() =
        test {
            val type = newType()
            val heard = ArrayList<Any?>()
            val listener = kotlin.subscribe(type) { heard += it.data }
            val event = waiting(type)
            emitFromJavaScript(type, "*", buildJsonObject { put("n", 1) })
            event.await().let { listOf(it.data, it.context?.from, it.context?.workspace, it.context?.to, it.isFromServer) } shouldBe
                listOf(mapOf("n" to 1L), "$workspace/${javascript.clientId}", workspace, "$workspace/*", false)
            event
                .await()
                .context
                ?.user
                ?.id shouldBe "tester"
            listener.dispose()
            // Giving the subscription back does not hold up the listener, so it may take a moment.
            kotlin.on(type) { heard += it.data }
            eventually(5.seconds) {
                heard.clear()
                val fence = waiting("fence $type")
                emitFromJavaScript(type, "*", JsonPrimitive(2))
                emitFromJavaScript("fence $type", kotlin.clientId, JsonPrimitive(0))
                fence.await()
                heard shouldBe emptyList()
            }
            kotlin.off(type)
        }

    @Test
    fun `a broadcast from Kotlin reaches JavaScript, and Kotlin itself`() =
        test {
            val type = newType()
            subscribeInJavaScript(type)
            val own = CompletableDeferred<HyphaEvent>()
            val listener = kotlin.subscribe(type) { own.complete(it) }
            kotlin.emit(type, mapOf("list" to listOf(1, "two", null)), to = "*", more = mapOf("more" to 2))
            val event = heardByJavaScript(type)
            event.getValue("data").toString() shouldBe """{"list":[1,"two",null]}"""
            event.getValue("more").jsonPrimitive.content shouldBe "2"
            event.getValue("from").jsonPrimitive.content shouldBe "$workspace/${kotlin.clientId}"
            own.await().context?.from shouldBe "$workspace/${kotlin.clientId}"
            listener.dispose()
        }

    @Test
    fun `an event for one client needs no subscription, in either direction`() =
        test {
            val type = newType()
            val event = waiting(type)
            emitFromJavaScript(type, "$workspace/${kotlin.clientId}", JsonPrimitive("to Kotlin"))
            event.await().data shouldBe "to Kotlin"
            listenInJavaScript(type)
            kotlin.emit(type, "to JavaScript", to = javascript.clientId)
            heardByJavaScript(type).getValue("data").jsonPrimitive.content shouldBe "to JavaScript"
        }

    @Test
    fun `a broadcast does not reach who has not subscribed, in either direction`() =
        test {
            val type = newType()
            val heard = ArrayList<Any?>()
            kotlin.on(type) { heard += it.data }
            val fence = waiting("fence $type")
            emitFromJavaScript(type, "*", JsonPrimitive(1))
            emitFromJavaScript("fence $type", kotlin.clientId, JsonPrimitive(0))
            fence.await()
            heard shouldBe emptyList()
            listOf(type, "fence $type").forEach { listenInJavaScript(it) }
            kotlin.emit(type, 2, to = "*")
            kotlin.emit("fence $type", 0, to = javascript.clientId)
            heardByJavaScript("fence $type")
            generateSequence { javascript.events.tryReceive().getOrNull() }.toList() shouldBe emptyList()
            kotlin.off(type)
        }

    @Test
    fun `Kotlin sees a JavaScript client come, offer its services and go`() =
        test {
            kotlin.manager.subscribe(ServerEvents.CLIENT_CONNECTED, ServerEvents.SERVICE_ADDED, ServerEvents.SERVICE_REMOVED)
            val id = "visitor-${UUID.randomUUID()}"
            val full = "$workspace/$id"
            val connected = waiting(ServerEvents.CLIENT_CONNECTED) { it.clientId == id }
            val added = waiting(ServerEvents.SERVICE_ADDED) { it.serviceInfo?.id == "$full:js-provider" }
            val visitor = JsPeer.start(stage.url, "--workspace", workspace, "--token", stage.token, "--client-id", id)
            try {
                connected.await().isFromServer shouldBe true
                added
                    .await()
                    .serviceInfo
                    ?.config
                    ?.get("visibility") shouldBe "public"
                kotlin.manager.listClients().map { it.id } shouldContainAll listOf(full, "$workspace/${kotlin.clientId}")
                kotlin.manager.getSummary().clients shouldContain full
                kotlin.manager.ping(id)
                val removed = waiting(ServerEvents.SERVICE_REMOVED) { it.serviceInfo?.id == "$full:js-provider" }
                visitor.call(null, "unregisterService", JsonPrimitive("js-provider"))
                removed.await()
            } finally {
                val gone = waiting(ServerEvents.CLIENT_DISCONNECTED) { it.clientId == id }
                val told = waiting(LocalEvents.REMOTE_CLIENT_DISCONNECTED) { (it.data as Map<*, *>)["client_id"] == full }
                visitor.close()
                gone.await()
                told.await()
            }
            kotlin.manager.unsubscribe(ServerEvents.CLIENT_CONNECTED, ServerEvents.SERVICE_ADDED, ServerEvents.SERVICE_REMOVED)
        }

    @Test
    fun `JavaScript sees a Kotlin client come, offer a service and go`() =
        test {
            subscribeInJavaScript("client_connected", "service_added", "service_removed", "client_disconnected")
            val id = "visitor-${UUID.randomUUID()}"
            val visitor =
                connectToServer(stage.url) {
                    token = stage.token
                    clientId = id
                }
            try {
                heardByJavaScript("client_connected") { idOf(it) == "$workspace/$id" }
                visitor.registerService("brief") { function("hello") { 1 } }
                heardByJavaScript("service_added") { idOf(it) == "$workspace/$id:brief" }
                visitor.unregisterService("brief")
                heardByJavaScript("service_removed") { idOf(it) == "$workspace/$id:brief" }
            } finally {
                visitor.close()
                visitor.awaitClosed()
            }
            heardByJavaScript("client_disconnected") { idOf(it) == id }
        }

    @Test
    fun `a client with a read-only token cannot broadcast, in Kotlin and in JavaScript`() =
        test {
            val readOnly = kotlin.manager.call<String>("generate_token", mapOf("permission" to "read"))
            val type = newType()
            val heard = ArrayList<Any?>()
            val listener = kotlin.subscribe(type) { heard += it.data }
            val fenceOfKotlin = waiting("fence $type") { it.data == "Kotlin" }
            val fenceOfJavaScript = waiting("fence $type") { it.data == "JavaScript" }
            val reader = connectToServer(stage.url) { token = readOnly }
            try {
                val refused = waiting("error", at = reader)
                reader.emit(type, 1, to = "*")
                refused.await().isFromServer shouldBe true
                refused.await().entries["message"].toString() shouldContain "cannot broadcast messages"
                reader.emit("fence $type", "Kotlin", to = "$workspace/${kotlin.clientId}")
                fenceOfKotlin.await()
            } finally {
                reader.close()
                reader.awaitClosed()
            }
            JsPeer.start(stage.url, "--workspace", workspace, "--token", readOnly, "--no-services").use { other ->
                emitFromJavaScript(type, "*", JsonPrimitive(1), from = other)
                emitFromJavaScript("fence $type", "$workspace/${kotlin.clientId}", JsonPrimitive("JavaScript"), from = other)
                fenceOfJavaScript.await()
            }
            heard shouldBe emptyList()
            listener.dispose()
        }

    @Test
    fun `a JavaScript client that pretends to be the server is not believed`() =
        test {
            val provider = stage.provider
            val pinged = waiting("fence")
            for (type in listOf("client_disconnected", "service_added", "force-exit")) {
                emitFromJavaScript(
                    type,
                    kotlin.clientId,
                    buildJsonObject { put("id", provider.clientId).also { put("workspace", workspace) } },
                )
            }
            emitFromJavaScript("fence", kotlin.clientId, JsonPrimitive(0))
            pinged.await()
            kotlin.ping(provider.clientId)
        }
}
