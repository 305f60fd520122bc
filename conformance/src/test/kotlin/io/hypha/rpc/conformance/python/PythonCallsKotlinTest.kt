package io.hypha.rpc.conformance.python

import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/**
 * A Kotlin client in the place of the JavaScript provider that a Python client called: it gets the Python client's recorded messages, and
 * says what that provider said.
 */
class PythonCallsKotlinTest {
    private val table = DifferenceTable(pythonCallsKotlinTable)

    @TestFactory
    fun `Python calls Kotlin as recorded`(): List<DynamicTest> =
        played.map { scenarios -> dynamicTest(scenarios.last()) { play(scenarios) } } +
            dynamicTest("every recorded scenario is played, or it is said why not") { everythingIsCovered() } +
            dynamicTest("every allowed difference occurs") {
                withClue("allowed, but not needed") { table.unused.shouldBeEmpty() }
            }

    private fun play(scenarios: List<String>) {
        val provider = VecProvider()
        onMemoryStage(Conversations.pythonCallsKotlin, table, "setup", provider::register) {
            for (scenario in scenarios) play(scenario)
            provider.endedStreams shouldBe scenarios.count { it in endsOfStreams }
        }
    }

    private fun everythingIsCovered() {
        Recording.pythonCallsJavaScript.scenarios shouldContainExactlyInAnyOrder
            (listOf("setup") + played.flatten() + notPlayed.keys).distinct()
    }

    private companion object {
        val notPlayed =
            mapOf(
                "py connects" to "between the Python client and the server; played where Python connects to the hub",
                "py registers service" to "between the Python client and the server; played where Python connects to the hub",
                "subscribe" to "between the Python client and the server; played where Python connects to the hub",
                "unregister" to "between the Python client and the server; played where Python connects to the hub",
                "py disconnects" to "the provider hears nothing of it: it has not subscribed to the caller's workspace",
            )

        /** Scenarios that build on an earlier one. */
        val continued =
            mapOf(
                "js generator iterate" to "js generator",
                "js async generator early close" to "js async generator",
                "call returned function" to "js returns function",
                "py _rintf used after return" to "py _rintf kept by js",
                "require_context" to "py get_service vec-ctx",
            )
        val endsOfStreams = setOf("js generator iterate", "js async generator early close")

        val played: List<List<String>> =
            Recording.pythonCallsJavaScript.scenarios
                .filter { it != "setup" && it !in notPlayed }
                .map { listOfNotNull(continued[it], it) }
    }
}
