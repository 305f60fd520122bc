package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.hypha.rpc.service.SelectionCriterion
import io.hypha.rpc.service.SelectionMode
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** One service at a JavaScript and at a Kotlin client: the modes that look at clients and at answers (protocol §7.6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectionAcrossLanguagesTest {
    private val hub = HyphaHub.start()
    private val workspace = "two-workers"
    private val token: String
    private val js: JsPeer
    private val worker: HyphaConnection
    private val caller: HyphaConnection

    init {
        hub.createWorkspace(workspace)
        token = hub.createToken("tester", workspace, WorkspacePermission.Admin)
        js = JsPeer.start(hub.url, "--workspace", workspace, "--token", token, "--client-id", JAVASCRIPT)
        worker = runBlocking { connect(KOTLIN) }
        caller = runBlocking { connect(null) }
        runBlocking {
            caller.getService("js-offers").call<String>("offer", "worker", mapOf("visibility" to "public"), 0.2)
            worker.registerService("worker") {
                function("getLoad") { 0.7 }
                function("onlyKotlin") { "yes" }
            }
        }
    }

    @AfterAll
    fun end() {
        js.close()
        listOf(worker, caller).forEach { it.close() }
        hub.close()
    }

    private suspend fun connect(id: String?) =
        connectToServer(hub.url) {
            workspace = this@SelectionAcrossLanguagesTest.workspace
            token = this@SelectionAcrossLanguagesTest.token
            clientId = id
        }

    private fun testing(test: suspend () -> Unit) {
        runBlocking { withTimeout(60.seconds) { test() } }
    }

    private fun ownerOf(id: String) = id.substringAfter('/').substringBefore(':')

    private suspend fun chosen(mode: SelectionMode): String = ownerOf(caller.getService("worker") { this.mode = mode }.id)

    private suspend fun chosenByJavaScript(mode: String): String {
        val options = buildJsonObject { put("mode", mode) }
        val service = js.call(null, "getService", JsonPrimitive("worker"), options).jsonObject
        return ownerOf(service.getValue("id").jsonPrimitive.content)
    }

    @Test
    fun `without a mode, and with exact, neither is taken`() =
        testing {
            for (mode in listOf(null, SelectionMode.Exact)) {
                shouldThrow<RemoteException> { caller.getService("worker") { this.mode = mode } }.message shouldContain
                    "Multiple services found"
            }
            shouldThrow<JsPeerException> { chosenByJavaScript("exact") }.message shouldContain "Multiple services found"
        }

    @Test
    fun `the client that sent less is the least busy, whatever its language`() =
        testing {
            repeat(60) { worker.echo(it) }
            chosen(SelectionMode.MinLoad) shouldBe JAVASCRIPT
            chosenByJavaScript("min_load") shouldBe JAVASCRIPT
            repeat(150) { js.call(null, "echo", JsonPrimitive(it)) }
            chosen(SelectionMode.MinLoad) shouldBe KOTLIN
            chosenByJavaScript("min_load") shouldBe KOTLIN
            ownerOf(caller.getServiceInfo("worker", SelectionMode.MinLoad).id) shouldBe KOTLIN
        }

    @Test
    fun `both are taken in turn when any will do`() =
        testing {
            for (mode in listOf(SelectionMode.NativeRandom, SelectionMode.Random)) {
                withClue(mode) { List(40) { chosen(mode) }.toSet() shouldBe setOf(JAVASCRIPT, KOTLIN) }
            }
        }

    @Test
    fun `the server asks a function of both, and takes the one whose answer fits`() =
        testing {
            chosen(SelectionMode.select("getLoad")) shouldBe JAVASCRIPT
            chosen(SelectionMode.select("getLoad", SelectionCriterion.Max)) shouldBe KOTLIN
            chosen(SelectionMode.select("onlyKotlin", SelectionCriterion.FirstSuccess)) shouldBe KOTLIN
            chosen(SelectionMode.select("secret", SelectionCriterion.FirstSuccess)) shouldBe JAVASCRIPT
            chosenByJavaScript("select:min:getLoad") shouldBe JAVASCRIPT
            chosenByJavaScript("select:max:getLoad") shouldBe KOTLIN
            val info = caller.getServiceInfo("worker", SelectionMode.select("getLoad", SelectionCriterion.Max), selectTimeout = 5.seconds)
            ownerOf(info.id) shouldBe KOTLIN
        }

    @Test
    fun `a service that does not answer in time is not waited for`() =
        testing {
            caller.getService("js-offers").call<String>("offer", "sleeper", mapOf("visibility" to "public"), 0.9)
            worker.registerService("sleeper") { function<Double>("getLoad") { awaitCancellation() } }
            repeat(5) {
                val service =
                    caller.getService("sleeper") {
                        mode = SelectionMode.select("getLoad")
                        selectTimeout = 200.milliseconds
                    }
                ownerOf(service.id) shouldBe JAVASCRIPT
            }
        }

    private companion object {
        /** The end of a client id that has the server measure it (protocol §1.9). */
        const val MEASURED = "__rlb"
        const val JAVASCRIPT = "javascript$MEASURED"
        const val KOTLIN = "kotlin$MEASURED"
    }
}
