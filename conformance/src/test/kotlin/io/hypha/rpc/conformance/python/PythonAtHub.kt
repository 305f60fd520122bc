package io.hypha.rpc.conformance.python

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.conformance.python.RecordedMessage.Kind
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.transport.ConnectionInfo
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineScope
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject

/** A recorded Python client that is connected to a hub over a WebSocket of its own. */
internal class PythonAtHub private constructor(
    private val line: WebSocketLine,
    val script: Script,
) {
    /** Says that [kotlin] is in the place of the JavaScript client of [recording]. */
    fun meets(
        kotlin: HyphaConnection,
        recording: Recording,
    ) {
        val javaScript = ConnectionInfo(recording.connectionInfo)
        script.names.bind(userId(javaScript), kotlin.user.id)
        script.names.bind(javaScript.clientId, kotlin.clientId)
    }

    suspend fun leave() {
        line.close()
    }

    companion object {
        /** Connects as the Python client of [recording] did: with its first frame. */
        suspend fun connect(
            hub: HyphaHub,
            recording: Recording,
            table: DifferenceTable,
            scope: CoroutineScope,
        ): PythonAtHub {
            val line = WebSocketLine.open(hub.url.replaceFirst("http", "ws") + "/ws")
            line.sendText(recording.messages.first { it.kind == Kind.Text }.text!!)
            val recorded = ConnectionInfo(recording.connectionInfo)
            val info = ConnectionInfo(Json.parseToJsonElement(line.receiveText()).jsonObject)
            recorded.entries.keys.filterNot(info.entries::containsKey) shouldBe emptyList()
            val names = Names(recording, playsClient = true)
            names.bind(userId(recorded), userId(info))
            names.bind(recorded.managerId!!, info.managerId!!)
            names.bind(recorded.publicBaseUrl!!, info.publicBaseUrl!!)
            names.now(recorded.workspace) shouldBe info.workspace
            return PythonAtHub(line, Script(line, names, table, playsClient = true, inOrder = false, scope) { playText(line, it) })
        }

        /** Pings and refreshed tokens; the frames of the handshake are behind us. */
        private suspend fun playText(
            line: WebSocketLine,
            frame: RecordedMessage,
        ) {
            val recorded = Json.parseToJsonElement(frame.text!!).jsonObject
            if (recorded["type"] == null || recorded["type"] == JsonPrimitive("connection_info")) return
            if (frame.isFromClient) {
                line.sendText(frame.text)
            } else {
                val heard = Json.parseToJsonElement(line.receiveText()).jsonObject
                heard.keys shouldBe recorded.keys
                heard["type"] shouldBe recorded["type"]
            }
        }

        private fun userId(info: ConnectionInfo): String = (plainValue(info.user) as Map<*, *>)["id"] as String
    }
}
