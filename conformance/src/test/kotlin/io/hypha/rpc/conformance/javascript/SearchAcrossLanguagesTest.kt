package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.client.getSummary
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Visibility
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** Searching for services of the other language, and what is in no list (protocol §8.1, §8.2, §9.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchAcrossLanguagesTest {
    private val stage = Stage.set()
    private val kotlin = stage.kotlin
    private val js = stage.provider
    private val stranger = stage.join("strangers")
    private val workspace = kotlin.workspace

    @AfterAll
    fun end() {
        stranger.close()
        stage.close()
    }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(30.seconds) { test() } }
    }

    private fun idsIn(answer: JsonElement) =
        answer.jsonArray.map {
            it.jsonObject
                .getValue("id")
                .jsonPrimitive.content
        }

    @Test
    fun `Kotlin searches for services of JavaScript by words, filters and pages`() =
        testing {
            val plain = listOf("js-provider", "js-protected", "js-context", "js-interfaces", "js-offers")
            val ids = plain.map { "$workspace/${js.clientId}:$it" }
            val words = kotlin.searchServices("functions for CONFORMANCE tests") { filters = mapOf("client_id" to js.clientId) }
            words.items.first().run { listOf(id, name, description) } shouldBe
                listOf(ids.first(), "JavaScript provider", "Functions for conformance tests.")
            val first =
                kotlin.searchServices {
                    filters = mapOf("client_id" to js.clientId, "type" to "generic")
                    orderBy = "service_id"
                    limit = 3
                }
            val second =
                kotlin.searchServices {
                    filters = mapOf("client_id" to js.clientId, "type" to "generic")
                    orderBy = "service_id"
                    returnFields = listOf("id")
                    limit = 3
                    offset = 3
                }
            listOf(first.total, second.total) shouldBe listOf(5L, 5L)
            (first.items + second.items).map { it.id } shouldBe ids.sorted()
            second.items.map { it.entries.keys }.toSet() shouldBe setOf(setOf("id"))
            kotlin.searchServices("nothing-is-called-like-this").run { items to total } shouldBe (emptyList<Any>() to 0L)
        }

    @Test
    fun `JavaScript searches for a service of Kotlin`() =
        testing {
            kotlin.registerService("spore-counter") {
                visibility = Visibility.Public
                type = "mycology"
                description = "Counts spores under a microscope"
                function("count") { 1 }
            }
            kotlin.registerService("spore-print") { description = "Prints of spores" }
            val found = js.call(null, "searchServices", JsonPrimitive("spores microscope")).jsonArray
            found.first().jsonObject.run {
                getValue("id").jsonPrimitive.content shouldBe "$workspace/${kotlin.clientId}:spore-counter"
                getValue("service_schema").jsonObject.keys shouldContain "count"
            }
            val shown = idsIn(stranger.call(null, "searchServices", JsonPrimitive("spores")))
            shown shouldBe listOf("$workspace/${kotlin.clientId}:spore-counter")
            kotlin.unregisterService("spore-counter")
            idsIn(js.call(null, "searchServices", JsonPrimitive("microscope"))) shouldBe emptyList()
            kotlin.unregisterService("spore-print")
        }

    @Test
    fun `an unlisted service of Kotlin is in nothing that JavaScript is shown, and can be called`() =
        testing {
            kotlin.registerService("truffle") {
                visibility = Visibility.Unlisted
                description = "Truffles"
                function("dig") { "found" }
            }
            val id = "$workspace/${kotlin.clientId}:truffle"
            for ((who, peer) in mapOf("near" to js, "stranger" to stranger)) {
                withClue(who) {
                    for (query in queries()) withClue(query) { idsIn(peer.call(null, "listServices", query)) shouldNotContain id }
                    peer.call(null, "searchServices", JsonPrimitive("truffles")) shouldBe JsonArray(emptyList())
                    peer.call(null, "getSummary").toString() shouldNotContain "truffle"
                    peer.call(id, "dig") shouldBe JsonPrimitive("found")
                }
            }
            idsIn(js.call(null, "listServices", JsonNull, JsonPrimitive(true))) shouldContain id
            kotlin.unregisterService("truffle")
        }

    @Test
    fun `an unlisted service of JavaScript is in nothing that Kotlin is shown, and can be called`() =
        testing {
            val id = kotlin.getService("${stranger.workspace}/${stranger.clientId}:js-offers").offerUnlisted("morel")
            for (query in listOf(null, stranger.workspace, "*", "${stranger.workspace}/morel", "*/morel")) {
                withClue(query) { kotlin.listServices(query).map { it.id } shouldNotContain id }
            }
            kotlin.listServices { serviceId = "morel" }.size shouldBe 0
            kotlin.searchServices("morel") { includeUnlisted = true }.items.size shouldBe 0
            kotlin.getService(id).call<String>("secret") shouldBe "spores"
            val own = kotlin.getService("${js.clientId}:js-offers").offerUnlisted("morel")
            kotlin.listServices().map { it.id } shouldNotContain own
            kotlin.listServices { includeUnlisted = true }.map { it.id } shouldContain own
            kotlin.searchServices("morel").items.size shouldBe 0
            kotlin.searchServices("morel") { includeUnlisted = true }.items.map { it.id } shouldBe listOf(own)
            kotlin.manager
                .getSummary()
                .services
                .map { it.id } shouldNotContain own
            kotlin.getService(own).call<String>("secret") shouldBe "spores"
        }

    private suspend fun RemoteService.offerUnlisted(id: String): String = call("offer", id, mapOf("visibility" to "unlisted"))

    /** Every kind of query that the service would fit. */
    private fun queries(): List<JsonElement> =
        listOf("*", workspace, "$workspace/truffle", "*/truffle", "$workspace/${kotlin.clientId}:truffle").map(::JsonPrimitive) +
            listOf("service_id" to "truffle", "visibility" to "unlisted", "id" to "truf*", "client_id" to kotlin.clientId)
                .map { (key, value) -> JsonObject(mapOf("workspace" to JsonPrimitive(workspace), key to JsonPrimitive(value))) }
}
