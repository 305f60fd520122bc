package io.hypha.rpc.conformance.javascript

import io.hypha.rpc.hub.HyphaHub
import io.kotest.matchers.collections.shouldHaveAtLeastSize
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance

/** Real JavaScript clients among themselves find in the hub what they need: see `src/test/js/hub`. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubForJavaScriptTest {
    private val hub = HyphaHub.start()
    private val peer = JsPeer.start(hub.url, "--token", hub.createToken("tester"), "--no-services")

    @AfterAll
    fun end() {
        peer.close()
        hub.close()
    }

    @TestFactory
    fun `JavaScript uses the hub`(): List<DynamicTest> =
        scenarios().map { name -> DynamicTest.dynamicTest(name) { runBlocking { peer.scenario(name) } } }

    private fun scenarios(): List<String> {
        val all = runBlocking { peer.command("scenarios", buildJsonObject { put("suite", "hub") }) }.jsonArray
        all shouldHaveAtLeastSize 10
        return all.map {
            it.jsonObject
                .getValue("name")
                .jsonPrimitive.content
        }
    }
}
