package io.hypha.rpc.conformance.javascript

import io.kotest.matchers.collections.shouldHaveAtLeastSize
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance

/** The scenarios of the real JavaScript client, each against the service of another JavaScript client and of a Kotlin one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaScriptCallsTest {
    private val stage = Stage.set()

    @AfterAll
    fun end() {
        stage.close()
    }

    @TestFactory
    fun `JavaScript calls Kotlin`(): List<DynamicTest> = scenarios { it !in onlyForJavaScript }.map { test(it, Stage.KOTLIN) }

    @TestFactory
    fun `JavaScript calls JavaScript through the hub`(): List<DynamicTest> = scenarios { true }.map { test(it, Stage.JAVASCRIPT) }

    private fun test(
        scenario: String,
        service: String,
    ): DynamicTest = DynamicTest.dynamicTest(scenario) { runBlocking { stage.peer.scenario(scenario, service) } }

    private fun scenarios(isWanted: (String) -> Boolean): List<String> =
        runBlocking {
            val all = stage.peer.command("scenarios").jsonArray
            all shouldHaveAtLeastSize 20
            all
                .map {
                    it.jsonObject
                        .getValue("name")
                        .jsonPrimitive.content
                }.filter(isWanted)
        }

    private companion object {
        /** A thrown string and a result that is never answered: the Kotlin client has neither. */
        val onlyForJavaScript = setOf("errors: peculiar to a JavaScript provider")
    }
}
