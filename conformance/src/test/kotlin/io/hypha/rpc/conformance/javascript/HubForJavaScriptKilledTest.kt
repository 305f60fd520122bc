package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.hub.HyphaHub
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** A process with the JavaScript client is killed: the other one hears of it, and nothing of it is left in the hub. */
class HubForJavaScriptKilledTest {
    private val hub = HyphaHub.start()
    private val token = hub.createToken("tester")
    private val survivor = JsPeer.start(hub.url, "--token", token, "--no-services")
    private val victim = JsPeer.start(hub.url, "--token", token, "--client-id", "victim")

    @AfterEach
    fun end() {
        victim.close()
        survivor.close()
        hub.close()
    }

    @Test
    fun `a killed client is announced, and its services are gone`() =
        runBlocking {
            withTimeout(60.seconds) {
                clients() shouldContain "ws-user-tester/victim"
                survivor.command("listen", buildJsonObject { put("type", "client_disconnected") })
                survivor.call(null, "subscribe", JsonPrimitive("client_disconnected"))

                victim.kill()

                val data = survivor.events.receive().getValue("data")
                data.jsonObject["id"].text shouldBe "victim"
                data.jsonObject["workspace"].text shouldBe "ws-user-tester"
                clients() shouldNotContain "ws-user-tester/victim"
                shouldThrow<JsPeerException> { survivor.call(null, "getService", JsonPrimitive("victim:js-provider")) }
                    .message!! shouldContain "Service not found"
            }
            Unit
        }

    private suspend fun clients(): List<String?> = survivor.call(null, "listClients").jsonArray.map { it.jsonObject["id"].text }

    private val JsonElement?.text: String? get() = this?.jsonPrimitive?.content
}
