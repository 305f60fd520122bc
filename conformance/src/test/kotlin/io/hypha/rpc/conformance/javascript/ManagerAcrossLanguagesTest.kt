package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.client.BookmarkKind
import io.hypha.rpc.client.bookmark
import io.hypha.rpc.client.checkStatus
import io.hypha.rpc.client.createWorkspace
import io.hypha.rpc.client.deleteWorkspace
import io.hypha.rpc.client.getEnv
import io.hypha.rpc.client.getEventStats
import io.hypha.rpc.client.getEvents
import io.hypha.rpc.client.getWorkspaceInfo
import io.hypha.rpc.client.listClients
import io.hypha.rpc.client.listWorkspaces
import io.hypha.rpc.client.logEvent
import io.hypha.rpc.client.setEnv
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.seconds

/** What Kotlin does in a workspace, JavaScript finds there, and the other way round (protocol §8.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagerAcrossLanguagesTest {
    private val stage = Stage.set(isConfined = false) { workspace = "stage-one" }
    private val javascript = stage.peer
    private val manager = stage.kotlin.manager

    @AfterAll
    fun end() {
        stage.close()
    }

    private fun test(body: suspend () -> Unit) {
        runBlocking { withTimeout(30.seconds) { body() } }
    }

    private fun text(value: String) = JsonPrimitive(value)

    private fun JsonElement.text(key: String) = jsonObject.getValue(key).jsonPrimitive.content

    @Test
    fun `workspaces are created by one and found by the other`() =
        test {
            manager.createWorkspace("from-kotlin") { description = "by Kotlin" }
            val config =
                buildJsonObject {
                    put("id", "from-javascript")
                    put("description", "by JavaScript")
                }
            javascript.call(null, "createWorkspace", config)
            javascript.call(null, "getWorkspaceInfo", text("from-kotlin")).text("description") shouldBe "by Kotlin"
            javascript.call(null, "listWorkspaces").jsonArray.map { it.text("id") } shouldContainAll
                listOf("from-kotlin", "from-javascript")
            val found = manager.getWorkspaceInfo("from-javascript")
            listOf(found.description, found.owners, found.isReady) shouldBe listOf("by JavaScript", listOf("tester"), true)
            javascript.call(null, "deleteWorkspace", text("from-kotlin"))
            manager.deleteWorkspace("from-javascript")
            manager.listWorkspaces().map { it.id }.filter { it.startsWith("from-") } shouldBe emptyList()
        }

    @Test
    fun `both clients are listed, by both`() =
        test {
            val both = listOf(javascript.clientId, stage.kotlin.clientId).map { "${stage.kotlin.workspace}/$it" }
            manager.listClients().map { it.id } shouldContainAll both
            javascript.call(null, "listClients").jsonArray.map { it.text("id") } shouldContainAll both
            javascript.call(null, "ping", text(stage.kotlin.clientId)).jsonPrimitive.content shouldBe "pong"
            javascript.call(null, "checkStatus").text("status") shouldBe manager.checkStatus().status
        }

    @Test
    fun `variables are set by one and read by the other`() =
        test {
            manager.setEnv("KOTLIN", "1")
            javascript.call(null, "getEnv", text("KOTLIN")).jsonPrimitive.content shouldBe "1"
            javascript.call(null, "setEnv", text("JAVASCRIPT"), text("2"))
            manager.getEnv("JAVASCRIPT") shouldBe "2"
            manager.getEnv() shouldBe mapOf("KOTLIN" to "1", "JAVASCRIPT" to "2")
        }

    @Test
    fun `the log of the workspace is one for both`() =
        test {
            manager.logEvent("trained", mapOf("by" to "Kotlin"))
            javascript.call(null, "logEvent", text("trained"), buildJsonObject { put("by", "JavaScript") })
            manager.getEvents("trained").map { it.data } shouldBe listOf(mapOf("by" to "Kotlin"), mapOf("by" to "JavaScript"))
            javascript
                .call(null, "getEvents", text("trained"))
                .jsonArray
                .map { it.jsonObject.getValue("data").text("by") } shouldBe listOf("Kotlin", "JavaScript")
            manager.getEventStats("trained") shouldBe mapOf("trained" to 2L)
        }

    @Test
    fun `bookmarks of the user are one list for both`() =
        test {
            val mark =
                buildJsonObject {
                    put("bookmark_type", "workspace")
                    put("id", stage.kotlin.workspace)
                }
            javascript.call(null, "bookmark", mark)
            val service = stage.kotlin.getService(Stage.JAVASCRIPT).id
            manager.bookmark(BookmarkKind.Service, service)
            val marks = manager.getWorkspaceInfo("ws-user-tester").bookmarks.map { it.kind to it.id }
            marks shouldContain (BookmarkKind.Workspace to stage.kotlin.workspace)
            marks shouldContain (BookmarkKind.Service to service)
        }
}
