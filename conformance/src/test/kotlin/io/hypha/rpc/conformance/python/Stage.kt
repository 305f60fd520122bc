package io.hypha.rpc.conformance.python

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * A Kotlin client in the place of a recorded JavaScript client: the server and the Python client at the far end of its link are played
 * from the recording. Everything happens in virtual time.
 */
internal class Stage private constructor(
    val test: TestScope,
    val recording: Recording,
    val script: Script,
    val connection: HyphaConnection,
) {
    /** Runs [action] while [scenario] is played; returns when both are through. */
    @OptIn(ExperimentalCoroutinesApi::class)
    suspend fun <T> during(
        scenario: String,
        action: suspend CoroutineScope.() -> T,
    ): T {
        val result =
            coroutineScope {
                val play = async { script.play(recording.scenario(scenario)) }
                action().also { play.await() }
            }
        test.runCurrent()
        script.shouldHaveHeardNothingElse()
        return result
    }

    /** Plays [scenario], in which the Kotlin client only answers. */
    suspend fun play(scenario: String) {
        during(scenario) {}
    }

    companion object {
        private const val WORKSPACE = "ws-kotlin"
        private const val CLIENT = "kotlin-client"

        /**
         * Runs [test] with a connected client.
         *
         * @param connecting the scenario in which the recorded client connected and registered its services.
         * @param prepare registers the same services.
         */
        fun set(
            recording: Recording,
            table: DifferenceTable,
            connecting: String,
            prepare: suspend (HyphaConnection) -> Unit = {},
            test: suspend Stage.() -> Unit,
        ) = runTest {
            val recorded = ConnectionInfo(recording.connectionInfo)
            val names = Names(recording, playsClient = false)
            names.bind(recorded.workspace, WORKSPACE)
            names.bind(recorded.clientId, CLIENT)
            val here = JsonObject(recorded.entries + mapOf("workspace" to JsonPrimitive(WORKSPACE), "client_id" to JsonPrimitive(CLIENT)))
            val pair = LinkedPair(ConnectionInfo(here), recorded, capacity = 1024)
            val script = Script(MemoryLine(pair.right), names, table, playsClient = false, backgroundScope)
            val connection =
                coroutineScope {
                    val play = async { script.play(recording.scenario(connecting)) }
                    val connection = connect(pair.left)
                    prepare(connection)
                    play.await()
                    connection
                }
            try {
                Stage(this, recording, script, connection).test()
            } finally {
                connection.close()
                connection.awaitClosed()
            }
        }

        private suspend fun TestScope.connect(link: Link): HyphaConnection {
            val options =
                HyphaOptions().apply {
                    coroutineContext = StandardTestDispatcher(testScheduler)
                    timeSource = testScheduler.timeSource
                }
            val transport =
                object : Transport {
                    override suspend fun open(identity: Identity): Link = link
                }
            return HyphaConnection.connect(transport, options)
        }
    }
}
