package io.hypha.rpc.conformance.python

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.connection.ReconnectPolicy
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

private const val WORKSPACE = "ws-kotlin"
private const val CLIENT = "kotlin-client"

/**
 * Puts a Kotlin client in the place of a recorded JavaScript client, in memory and in virtual time: the server and the Python client at the
 * far end of its link are played from [recording].
 *
 * @param connecting the scenario in which the recorded client connected and registered its services.
 * @param prepare registers the same services.
 */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun onMemoryStage(
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
    val own = JsonObject(recorded.entries + mapOf("workspace" to JsonPrimitive(WORKSPACE), "client_id" to JsonPrimitive(CLIENT)))
    val pair = LinkedPair(ConnectionInfo(own), recorded, capacity = 1024)
    val script = Script(MemoryLine(pair.right), names, table, playsClient = false, inOrder = true, backgroundScope)
    val connection =
        coroutineScope {
            val play = async { script.play(recording.scenario(connecting)) }
            val connection = connectOver(pair.left)
            prepare(connection)
            play.await()
            connection
        }
    try {
        Stage(recording, recording, script, connection) { runCurrent() }.test()
    } finally {
        connection.close()
        connection.awaitClosed()
    }
}

private suspend fun TestScope.connectOver(link: Link): HyphaConnection {
    val options =
        HyphaOptions().apply {
            coroutineContext = StandardTestDispatcher(testScheduler)
            timeSource = testScheduler.timeSource
            reconnect = ReconnectPolicy.Never
        }
    val transport =
        object : Transport {
            override suspend fun open(identity: Identity): Link = link
        }
    return HyphaConnection.connect(transport, options)
}
