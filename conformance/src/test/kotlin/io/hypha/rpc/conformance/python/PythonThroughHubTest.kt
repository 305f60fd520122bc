package io.hypha.rpc.conformance.python

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.connectToServer
import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds

/** The recorded Python clients on bare WebSockets at this project's hub: they say what they said, and must hear what they heard. */
class PythonThroughHubTest {
    @Test
    fun `Kotlin calls a Python provider through the hub`() =
        withHubAndKotlin { hub, kotlin ->
            val table = DifferenceTable(kotlinCallsPythonTable + hubTable)
            val python = PythonAtHub.connect(hub, Conversations.pythonProvider, table, this)
            python.meets(kotlin, Conversations.kotlinCallsPython)
            val stage = Stage(Conversations.kotlinCallsPython, Conversations.pythonProvider, python.script, kotlin) {}
            stage.play("setup")
            val id =
                stage.recording
                    .scenario("js get_service vec")
                    .first()
                    .args
                    .first() as String
            val caller = CallerStage(stage, stage.during("js get_service vec") { kotlin.getService(python.script.names.now(id)) })
            for (call in valueCalls + functionCalls) {
                val perform = call.perform
                if (call.scenarios.last() !in onlyInMemory) withClue(call.scenarios) { caller.perform() }
            }
            everyDifferenceOfTheHubOccurs(table)
            python.leave()
        }

    @Test
    fun `a Python client calls a Kotlin provider through the hub`() =
        withHubAndKotlin { hub, kotlin ->
            VecProvider().register(kotlin)
            val table = DifferenceTable(pythonCallsKotlinTable + hubTable)
            val python = PythonAtHub.connect(hub, Conversations.pythonCaller, table, this)
            python.meets(kotlin, Conversations.pythonCallsKotlin)
            val stage = Stage(Conversations.pythonCallsKotlin, Conversations.pythonCaller, python.script, kotlin) {}
            for (scenario in Conversations.pythonCaller.scenarios) withClue(scenario) { stage.play(scenario) }
            everyDifferenceOfTheHubOccurs(table)
            python.leave()
        }

    private fun everyDifferenceOfTheHubOccurs(table: DifferenceTable) {
        withClue("allowed, but not needed") { table.unused.intersect(hubTable.map { it.reason }.toSet()).shouldBeEmpty() }
    }

    private fun withHubAndKotlin(test: suspend CoroutineScope.(HyphaHub, HyphaConnection) -> Unit) =
        runBlocking(Dispatchers.Default) {
            HyphaHub.start().use { hub ->
                connectToServer(hub.url).use { kotlin -> withTimeout(60.seconds) { test(hub, kotlin) } }
            }
        }

    private companion object {
        /** The Kotlin client calls what no provider offers: its script changes what the server says of the service. */
        val onlyInMemory = setOf("missing method")
    }
}
