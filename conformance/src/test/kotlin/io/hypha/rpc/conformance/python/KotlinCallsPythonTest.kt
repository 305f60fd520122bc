package io.hypha.rpc.conformance.python

import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/**
 * A Kotlin client in the place of the JavaScript client whose calls of a Python provider were recorded: it says what that client said, and
 * gets out of the Python provider's recorded replies what they hold.
 */
class KotlinCallsPythonTest {
    private val table = DifferenceTable(kotlinCallsPythonTable)
    private val calls = valueCalls + functionCalls + interfaceCalls + managerCalls

    @TestFactory
    fun `Kotlin calls Python as recorded`(): List<DynamicTest> =
        calls.map { call -> dynamicTest(call.name) { Conversations.callPython(table, call.perform) } } +
            dynamicTest("every recorded scenario is played, or it is said why not") { everythingIsCovered() } +
            dynamicTest("every allowed difference occurs") {
                withClue("allowed, but not needed") { table.unused.shouldBeEmpty() }
            }

    private fun everythingIsCovered() {
        val played = calls.flatMap { it.scenarios } + listOf("js connects", "js get_service vec")
        Recording.javaScriptCallsPython.scenarios shouldContainExactlyInAnyOrder (played + notPlayed.keys).distinct()
    }

    private companion object {
        val notPlayed =
            mapOf(
                "setup" to "the connection of the Python provider, played where Python connects to the hub",
                "js disconnects" to "a close frame of the WebSocket, which this link in memory has not",
            )
    }
}
